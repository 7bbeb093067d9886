package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.StepLog;

/**
 * Brings one call record from what its steps say to what is wanted: registered, cards as they
 * should be, finished. Each step is written before its request and after its reply.
 */
final class RecordDelivery {

    /** So long the portal gives the same call for the same register (with a minute to spare). */
    private static final Duration SAME_CALL = Duration.ofMinutes(29);

    private final Site site;
    private final CallRecord record;
    private final RecordLog log;
    private final Deeds deeds;
    private final Registrar registrar;
    private final Statistics statistics;
    private final ActivityDelivery activity;
    private Supplier<Optional<String>> recording = Optional::empty;
    private Optional<String> attached = Optional.empty();
    private Optional<JsonNode> upload = Optional.empty();

    /**
     * @param pin see {@link Registrar}
     * @param alsoOn see {@link ActivityDelivery}
     */
    RecordDelivery(
            Site site,
            String call,
            CallRecord record,
            Optional<Entity> pin,
            List<Entity> alsoOn,
            StepLog steps) {
        this.site = site;
        this.record = record;
        this.log = new RecordLog(steps, record);
        this.deeds = new Deeds(site, log);
        this.registrar = new Registrar(deeds, log, call, record, pin);
        this.statistics = new Statistics(site.courier());
        this.activity = new ActivityDelivery(deeds, log, record, alsoOn);
    }

    /**
     * @param held whether it must not be finished yet: what it hangs on is not there
     * @param recording name of the recording's file, if that is ready by now
     * @return where to upload it, if the portal said so along with the finish
     * @throws Fault typed by what helps; steps done before stay done
     */
    Optional<JsonNode> bring(boolean held, Supplier<Optional<String>> recording) {
        this.recording = recording;
        bring(held);
        return upload;
    }

    private void bring(boolean held) {
        if (log.done(log.finish())) {
            return;
        }
        adopt();
        Optional<String> callId = log.made(log.register());
        if (record.outcome().isPresent() && record.written() == Written.WHOLE && !held) {
            over(callId);
        } else if (callId.isPresent()) {
            cards().follow(callId.get());
        } else if (!record.cards().isEmpty()) {
            cards().open();
        }
    }

    /** A click: the portal registered the call itself, and opened its card (rule T17). */
    private void adopt() {
        if (log.done(log.register())) {
            return;
        }
        record.begun()
                .ifPresent(
                        begun ->
                                begun.portalCall()
                                        .ifPresent(
                                                id -> {
                                                    log.done(
                                                            log.card(), begun.clicker().orElse(""));
                                                    log.done(log.register(), id);
                                                }));
    }

    private LiveCards cards() {
        return new LiveCards(deeds, log, registrar, record);
    }

    boolean registered() {
        return log.done(log.register());
    }

    /** The portal's id of the finished call; empty while it is not finished. */
    Optional<String> finishedCall() {
        return log.done(log.finish())
                ? log.made(log.registerAgain()).or(() -> log.made(log.register()))
                : Optional.empty();
    }

    /** What is left to do for the finished call's activity. */
    void settleActivity() {
        activity.bring();
    }

    private void over(Optional<String> callId) {
        Optional<String> again = log.made(log.registerAgain());
        if (again.isPresent()) {
            finish(log.registerAgain(), again.get());
        } else if (callId.isEmpty() && mayHangOnNobody()) {
            registerOnly();
        } else if (callId.isEmpty()) {
            registerAndFinish(log.register(), List.of());
        } else if (hangsOnNobody() || log.unsure(log.registerAgain())) {
            registerAndFinish(log.registerAgain(), hidden(callId.get()));
        } else {
            finish(log.register(), callId.get());
        }
    }

    /** Registered for its card, or not: the portal was not heard. */
    private boolean mayHangOnNobody() {
        return registrar.pin().isPresent() && log.unsure(log.register());
    }

    /** Registering again tells whether there was a registration, and on whom it hangs. */
    private void registerOnly() {
        String register = log.register();
        if (maybeFinished(register)
                && found(register, "EXTERNAL_CALL_ID", registrar.externalId(register))) {
            return;
        }
        for (Candidates who = registrar.candidates(register); ; ) {
            String user = who.next();
            registrar.as(user);
            List<String> steps = List.of(register);
            Command command = registrar.command(register, user, false);
            Answer answer = deeds.send(Lane.BACKLOG, steps, List.of(command)).get(0);
            if (deeds.refuses(answer, user) && who.more()) {
                log.failed(steps, Deeds.refusal(answer).text());
                continue;
            }
            over(Optional.of(registrar.registered(register, steps, answer)));
            return;
        }
    }

    /** Registered for its card while the portal knew nobody; now there is somebody. */
    private boolean hangsOnNobody() {
        return registrar.pin().isPresent() && log.made(log.client()).equals(Optional.of(""));
    }

    /** What takes away the cards of a registration that is never finished. */
    private List<Command> hidden(String callId) {
        return log.lastKnown(log.shownTo())
                .filter(users -> !users.isEmpty())
                .map(users -> List.of(Requests.hide(callId, List.of(users.split(",")))))
                .orElse(List.of());
    }

    private void registerAndFinish(String register, List<Command> more) {
        if (maybeFinished(register)
                && found(register, "EXTERNAL_CALL_ID", registrar.externalId(register))) {
            return;
        }
        String finisher = record.outcome().orElseThrow().user();
        for (Candidates who = registrar.candidates(register); ; ) {
            String user = who.next();
            registrar.as(user);
            List<String> steps = List.of(register, log.finish());
            List<Command> commands = new ArrayList<>();
            commands.add(registrar.command(register, user, false));
            commands.add(Requests.finish(Registrar.callIdOf(0), record, finisher));
            commands.addAll(more);
            int along = commands.size();
            commands.addAll(along(Registrar.callIdOf(0), 1));
            List<Answer> answers = deeds.send(Lane.BACKLOG, steps, commands);
            if (deeds.refuses(answers.get(0), user) && who.more()) {
                log.failed(steps, Deeds.refusal(answers.get(0)).text());
                continue;
            }
            String callId = registrar.registered(register, steps, answers.get(0));
            Candidates finishers = registrar.candidatesAfter(finisher).skip();
            finished(register, callId, answers.get(1), finishers);
            settle(answers.get(1), answers.subList(along, answers.size()));
            return;
        }
    }

    /** Whether an earlier try may have finished the call, or registered it too long ago. */
    private boolean maybeFinished(String register) {
        boolean old = record.startedAt().plus(SAME_CALL).isBefore(site.clock().instant());
        return log.unsure(log.finish()) || old && log.unsure(register);
    }

    private void finish(String register, String callId) {
        boolean unsure = log.unsure(log.finish());
        if (unsure && found(register, "CALL_ID", callId)) {
            return;
        }
        Candidates who = registrar.candidatesAfter(record.outcome().orElseThrow().user());
        List<Command> commands = new ArrayList<>();
        commands.add(Requests.finish(callId, record, who.next()));
        commands.addAll(along(callId, 0));
        List<Answer> answers = deeds.send(Lane.BACKLOG, List.of(log.finish()), commands);
        finished(register, callId, answers.get(0), who);
        settle(answers.get(0), answers.subList(1, answers.size()));
    }

    /**
     * What travels with the finish: the question where to upload the recording, and what is asked
     * for the activity where its client is known by now.
     *
     * @param callId or a reference to it
     */
    private List<Command> along(Object callId, int finish) {
        List<Command> commands = new ArrayList<>();
        attached = recording.get();
        attached.ifPresent(file -> commands.add(Requests.attach(callId, file)));
        Optional<Entity> client =
                registrar.pin().or(() -> log.made(log.client()).flatMap(Entity::read));
        if (client.isPresent() || !record.activity().handlesEarlier()) {
            commands.addAll(activity.commands(new ResultOf(finish, "CRM_ACTIVITY_ID"), client));
        }
        return commands;
    }

    /** After a finish that was refused at first, what travelled with it found no call. */
    private void settle(Answer finish, List<Answer> along) {
        if (!(finish instanceof Answer.Result)) {
            return;
        }
        int first = attached.isPresent() ? 1 : 0;
        if (first > 0 && along.get(0) instanceof Answer.Result where) {
            upload = Optional.of(where.value());
        }
        log.made(log.finish())
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> activity.settle(id, along.subList(first, along.size())));
    }

    private void finished(String register, String callId, Answer first, Candidates who) {
        Answer answer = first;
        while (Deeds.noSuchUser(answer) && who.more()) {
            log.failed(log.finish(), Deeds.refusal(answer).text());
            Command again = Requests.finish(callId, record, who.next());
            answer = deeds.send(Lane.BACKLOG, List.of(log.finish()), List.of(again)).get(0);
        }
        if (Deeds.is(answer, Bitrix24Refusal.Kind.NO_SUCH_CALL)
                && found(register, "CALL_ID", callId)) {
            // A second finish of the same call is refused so: the first one's reply was lost.
            return;
        }
        JsonNode result = deeds.log().result(List.of(log.finish()), answer);
        registrar.client(result);
        log.done(log.finish(), id(result.path("CRM_ACTIVITY_ID")));
    }

    /** Looks for the finished call in the portal's statistics, and notes it if it is there. */
    private boolean found(String register, String field, String id) {
        Optional<JsonNode> row = statistics.find(field, id);
        row.ifPresent(
                r -> {
                    registrar.client(r);
                    log.done(register, r.path("CALL_ID").asText());
                    log.done(log.finish(), id(r.path("CRM_ACTIVITY_ID")));
                });
        return row.isPresent();
    }

    /** Empty for none, which the portal writes in three ways. */
    private static String id(JsonNode id) {
        String text = id.isNull() ? "" : id.asText();
        return text.equals("0") ? "" : text;
    }
}
