package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;
import org.trunkline.model.StepLog;

/**
 * What becomes of the activity that finish made (rules O2, O3, O11). Where the portal makes the
 * entities it also keeps the activities by its own rules; only an unwanted one goes.
 */
final class ActivityDelivery {

    /** Fewer than a parcel may hold; the rest is for the next successful call. */
    private static final int MOST_EARLIER = 40;

    private final CallRecord record;
    private final RecordLog log;
    private final Deeds deeds;

    ActivityDelivery(Site site, CallRecord record, StepLog steps) {
        this.record = record;
        this.log = new RecordLog(steps, record);
        this.deeds = new Deeds(site, log);
    }

    /**
     * @param alsoOn what it hangs on beside its client
     */
    void bring(List<Entity> alsoOn) {
        Optional<String> id = log.made(log.finish()).filter(made -> !made.isEmpty());
        if (id.isEmpty() || log.done(log.activity())) {
            return;
        }
        if (!record.activity().wanted()) {
            delete(id.get());
        } else if (!record.createEntities()) {
            adjust(id.get(), alsoOn);
        }
    }

    private void delete(String id) {
        List<String> step = List.of(log.activity());
        Answer answer =
                deeds.send(Lane.BACKLOG, step, List.of(CrmRequests.deleteActivity(id))).get(0);
        if (!gone(answer)) {
            deeds.result(step, answer);
        }
        log.done(log.activity(), "deleted");
    }

    private static boolean gone(Answer answer) {
        return answer instanceof Answer.Refused refused
                && refused.refusal().kind() == Refusal.Kind.DATA
                && refused.refusal()
                        .text()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("not found");
    }

    private void adjust(String id, List<Entity> alsoOn) {
        List<Command> commands = new ArrayList<>();
        commands.add(CrmRequests.completed(id, record.activity().completed()));
        alsoOn.forEach(entity -> commands.add(CrmRequests.bind(id, entity)));
        Optional<Entity> client = log.made(log.client()).flatMap(Entity::read);
        boolean earlier = record.activity().handlesEarlier() && client.isPresent();
        if (earlier) {
            commands.add(CrmRequests.openCalls(client.get(), id));
        }
        List<String> step = List.of(log.activity());
        List<Answer> answers = deeds.send(Lane.BACKLOG, step, commands);
        List<Fault> faults = new ArrayList<>();
        answers.stream()
                .filter(answer -> !bound(answer))
                .forEach(answer -> deeds.fault(step, answer).ifPresent(faults::add));
        if (earlier && answers.get(answers.size() - 1) instanceof Answer.Result open) {
            handled(open.value());
        }
        if (!faults.isEmpty()) {
            throw faults.get(0);
        }
        log.done(log.activity(), id);
    }

    /** The portal itself binds an activity to the client's open deals. */
    private static boolean bound(Answer answer) {
        return answer instanceof Answer.Refused refused
                && refused.refusal().text().toLowerCase(java.util.Locale.ROOT).contains("already");
    }

    /** O3: what was missed before is no longer to be done. */
    private void handled(JsonNode open) {
        List<Command> commands =
                StreamSupport.stream(open.spliterator(), false)
                        .filter(activity -> !activity.path("COMPLETED").asText().equals("Y"))
                        .limit(MOST_EARLIER)
                        .map(activity -> CrmRequests.completed(activity.path("ID").asText(), true))
                        .toList();
        if (!commands.isEmpty()) {
            List<String> step = List.of(log.activity());
            deeds.send(Lane.BACKLOG, step, commands)
                    .forEach(
                            answer -> {
                                if (!gone(answer)) {
                                    deeds.result(step, answer);
                                }
                            });
        }
    }
}
