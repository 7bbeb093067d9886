package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;

/**
 * What becomes of the activity that finish made (rules O2, O3, O11). Where the portal makes the
 * entities it also keeps the activities by its own rules; only an unwanted one goes.
 *
 * <p>It travels with the finish where its client is known by then. All of it may be repeated.
 *
 * @param alsoOn what it hangs on beside its client
 */
record ActivityDelivery(Deeds deeds, RecordLog log, CallRecord record, List<Entity> alsoOn) {

    private static final List<String> MAY_BE_GONE =
            List.of(Command.DELETE_ACTIVITY, Command.BIND_ACTIVITY);

    /** Fewer than a parcel may hold; the rest is for the next successful call. */
    private static final int MOST_EARLIER = 40;

    /** What is left to do after the finish. */
    void bring() {
        Optional<String> id = log.made(log.finish()).filter(made -> !made.isEmpty());
        if (id.isEmpty() || log.done(log.activity())) {
            return;
        }
        List<Command> commands = commands(id.get(), log.made(log.client()).flatMap(Entity::read));
        if (commands.isEmpty()) {
            return;
        }
        List<String> step = List.of(log.activity());
        List<Answer> answers = deeds.send(Lane.BACKLOG, step, commands);
        forgetGone(answers);
        answers.stream()
                .filter(answer -> !harmless(answer))
                .flatMap(answer -> deeds.log().fault(step, answer).stream())
                .findFirst()
                .ifPresent(
                        (Fault fault) -> {
                            throw fault;
                        });
        settle(id.get(), answers);
    }

    /**
     * @param id or a reference to it
     * @param client on whom it hangs; empty: what needs to know him is left out
     */
    List<Command> commands(Object id, Optional<Entity> client) {
        List<Command> commands = new ArrayList<>();
        if (!record.activity().wanted()) {
            commands.add(CrmRequests.deleteActivity(id));
        } else if (!record.createEntities()) {
            commands.add(CrmRequests.completed(id, record.activity().completed()));
            alsoOn.forEach(entity -> commands.add(CrmRequests.bind(id, entity)));
            client.filter(known -> record.activity().handlesEarlier())
                    .ifPresent(known -> commands.add(CrmRequests.openCalls(known, id)));
        }
        return commands;
    }

    /** The first one completes the activity, the next ones bind it. */
    private void forgetGone(List<Answer> answers) {
        if (!record.activity().wanted() || record.createEntities()) {
            return;
        }
        for (int i = 0; i < alsoOn.size() && i + 1 < answers.size(); i++) {
            if (Deeds.gone(answers.get(i + 1))) {
                deeds.site().gone(alsoOn.get(i));
            }
        }
    }

    /** Notes what the commands gave, unless one of them has to be sent again. */
    void settle(String id, List<Answer> answers) {
        forgetGone(answers);
        if (answers.isEmpty() || !answers.stream().allMatch(ActivityDelivery::harmless)) {
            return;
        }
        if (answers.get(answers.size() - 1) instanceof Answer.Result last
                && last.value().isArray()) {
            handled(last.value());
        }
        log.done(log.activity(), id);
    }

    /**
     * Done, or done before: the portal itself binds an activity to the client's open deals, and
     * what shall go may be gone, and so may what it was to hang on.
     */
    private static boolean harmless(Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            String text = refused.refusal().text().toLowerCase(Locale.ROOT);
            return Bitrix24Refusal.of(refused).kind() == Bitrix24Refusal.Kind.DATA
                    && (text.contains("already")
                            || MAY_BE_GONE.contains(Bitrix24Refusal.of(refused).method())
                                    && refused.refusal().gone());
        }
        return answer instanceof Answer.Result;
    }

    /** O3: what was missed before is no longer to be done. */
    private void handled(JsonNode open) {
        List<Command> commands =
                StreamSupport.stream(open.spliterator(), false)
                        .filter(activity -> activity.path("COMPLETED").asText().equals("N"))
                        .limit(MOST_EARLIER)
                        .map(activity -> CrmRequests.completed(activity.path("ID").asText(), true))
                        .toList();
        if (!commands.isEmpty()) {
            List<String> step = List.of(log.activity());
            for (Answer answer : deeds.send(Lane.BACKLOG, step, commands)) {
                // One that a person deleted meanwhile is handled too.
                deeds.log()
                        .fault(step, answer)
                        .filter(fault -> !(fault instanceof Fault.Data))
                        .ifPresent(
                                fault -> {
                                    throw fault;
                                });
            }
        }
    }
}
