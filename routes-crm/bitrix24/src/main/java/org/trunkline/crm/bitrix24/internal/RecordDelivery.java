package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;
import org.trunkline.model.StepLog;

/**
 * Brings one call record from what its steps say to what is wanted: registered, cards as they
 * should be, finished. Each step is written before its request and after its reply.
 */
final class RecordDelivery {

    /** So long the portal gives the same call for the same register (with a minute to spare). */
    private static final Duration SAME_CALL = Duration.ofMinutes(29);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Site site;
    private final String call;
    private final CallRecord record;
    private final RecordLog log;
    private final Statistics statistics;

    RecordDelivery(Site site, String call, CallRecord record, StepLog steps) {
        this.site = site;
        this.call = call;
        this.record = record;
        this.log = new RecordLog(steps, record);
        this.statistics = new Statistics(site.courier());
    }

    /**
     * @throws Fault typed by what helps; steps done before stay done
     */
    void bring() {
        if (log.done(log.finish())) {
            return;
        }
        Optional<String> callId = log.made(log.register());
        if (record.outcome().isPresent()) {
            if (callId.isPresent()) {
                finish(callId.get());
            } else {
                registerAndFinish();
            }
        } else if (callId.isPresent()) {
            cards(callId.get());
        } else if (!record.cards().isEmpty()) {
            registerWithCards();
        }
    }

    boolean registered() {
        return log.done(log.register());
    }

    /** The portal's id of the finished call; empty while it is not finished. */
    Optional<String> finishedCall() {
        return log.done(log.finish()) ? log.made(log.register()) : Optional.empty();
    }

    // ---- live ---------------------------------------------------------------------------------

    private void registerWithCards() {
        for (Candidates who = candidates(registrant()); ; ) {
            String user = who.next();
            registerAs(user);
            boolean onlyHis = record.cards().equals(Set.of(user));
            List<Command> commands = new ArrayList<>();
            commands.add(Requests.register(call, record, user, onlyHis));
            if (!onlyHis) {
                commands.add(Requests.show(callIdOf(0), record.cards()));
            }
            List<String> steps = List.of(log.register(), log.card());
            List<Answer> answers = send(Lane.CARDS, steps, commands);
            if (noSuchUser(answers.get(0)) && who.more()) {
                log.failed(steps, refusal(answers.get(0)).text());
                continue;
            }
            log.done(log.register(), callId(steps, answers.get(0)));
            card(record.cards(), onlyHis ? List.of() : answers.subList(1, 2));
            return;
        }
    }

    private void cards(String callId) {
        Set<String> shown = users(log.lastKnown(log.card()).orElse(""));
        boolean known = log.done(log.card()) || shown.isEmpty();
        Set<String> hide = new LinkedHashSet<>(shown);
        hide.removeAll(record.cards());
        Set<String> show = new LinkedHashSet<>(record.cards());
        if (known) {
            show.removeAll(shown);
        }
        List<Command> commands = new ArrayList<>();
        if (!hide.isEmpty()) {
            commands.add(Requests.hide(callId, hide));
        }
        if (!show.isEmpty()) {
            commands.add(Requests.show(callId, show));
        }
        if (!commands.isEmpty()) {
            card(record.cards(), send(Lane.CARDS, List.of(log.card()), commands));
        }
    }

    /** A refused card harms nothing else: it is noted, and the call goes on. */
    private void card(Set<String> wanted, List<Answer> answers) {
        for (Answer answer : answers) {
            if (answer instanceof Answer.Lost lost) {
                log.ambiguous(List.of(log.card()), lost.why());
                throw new Fault.Retryable(lost.why(), SOON);
            }
            if (answer instanceof Answer.Refused refused) {
                log.failed(log.card(), refused.refusal().text());
                Fault fault = refused.refusal().fault();
                if (fault instanceof Fault.Data) {
                    return;
                }
                throw fault;
            }
        }
        log.done(log.card(), String.join(",", wanted));
    }

    private static Set<String> users(String list) {
        return list.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(list.split(",")));
    }

    // ---- over ---------------------------------------------------------------------------------

    private void registerAndFinish() {
        if (maybeFinished() && found("EXTERNAL_CALL_ID", Requests.externalId(call, record))) {
            return;
        }
        for (Candidates who = candidates(registrant()); ; ) {
            String user = who.next();
            registerAs(user);
            List<String> steps = List.of(log.register(), log.finish());
            List<Answer> answers =
                    send(
                            Lane.BACKLOG,
                            steps,
                            List.of(
                                    Requests.register(call, record, user, false),
                                    Requests.finish(
                                            callIdOf(0), record, record.outcome().get().user())));
            if (noSuchUser(answers.get(0)) && who.more()) {
                log.failed(steps, refusal(answers.get(0)).text());
                continue;
            }
            String callId = callId(steps, answers.get(0));
            log.done(log.register(), callId);
            finished(callId, answers.get(1), candidates(record.outcome().get().user()).skip());
            return;
        }
    }

    /** Whether an earlier try may have finished the call, or registered it too long ago. */
    private boolean maybeFinished() {
        boolean old = record.startedAt().plus(SAME_CALL).isBefore(site.clock().instant());
        return log.unsure(log.finish()) || old && log.unsure(log.register());
    }

    private void finish(String callId) {
        boolean unsure = log.unsure(log.finish());
        if (unsure && found("CALL_ID", callId)) {
            return;
        }
        Candidates who = candidates(record.outcome().get().user());
        String user = who.next();
        Answer answer =
                send(
                                Lane.BACKLOG,
                                List.of(log.finish()),
                                List.of(Requests.finish(callId, record, user)))
                        .get(0);
        finished(callId, answer, who);
    }

    private void finished(String callId, Answer first, Candidates who) {
        Answer answer = first;
        while (noSuchUser(answer) && who.more()) {
            log.failed(log.finish(), refusal(answer).text());
            Command again = Requests.finish(callId, record, who.next());
            answer = send(Lane.BACKLOG, List.of(log.finish()), List.of(again)).get(0);
        }
        if (answer instanceof Answer.Refused refused
                && refused.refusal().kind() == Refusal.Kind.NO_SUCH_CALL
                && found("CALL_ID", callId)) {
            // A second finish of the same call is refused so: the first one's reply was lost.
            return;
        }
        JsonNode result = result(List.of(log.finish()), answer);
        log.done(log.finish(), result.path("CRM_ACTIVITY_ID").asText());
    }

    /** Looks for the finished call in the portal's statistics, and notes it if it is there. */
    private boolean found(String field, String id) {
        Optional<Statistics.Row> row = statistics.find(field, id);
        row.ifPresent(
                r -> {
                    log.done(log.register(), r.callId());
                    log.done(log.finish(), r.activityId());
                });
        return row.isPresent();
    }

    // ---- both ---------------------------------------------------------------------------------

    private Candidates candidates(String first) {
        return new Candidates(first, record.fallbackUsers());
    }

    /**
     * A register that may have arrived is repeated as it was, or the portal makes a second call.
     */
    private String registrant() {
        return log.unsure(log.register())
                ? log.lastKnown(log.registrant()).orElse(record.user())
                : record.user();
    }

    private void registerAs(String user) {
        if (!log.lastKnown(log.registrant()).equals(Optional.of(user))) {
            log.done(log.registrant(), user);
        }
    }

    private static ResultOf callIdOf(int index) {
        return new ResultOf(index, "CALL_ID");
    }

    private List<Answer> send(Lane lane, List<String> steps, List<Command> commands) {
        log.begin(steps);
        try {
            return site.courier().send(new Parcel(lane, commands));
        } catch (Fault notSent) {
            log.failed(steps, notSent.getMessage());
            throw notSent;
        }
    }

    private String callId(List<String> steps, Answer answer) {
        String id = result(steps, answer).path("CALL_ID").asText();
        if (id.isEmpty()) {
            String why = "register's reply has no CALL_ID";
            log.ambiguous(steps, why);
            throw new Fault.Retryable(why, SOON);
        }
        return id;
    }

    /** What a command gave; else the steps that hang on it are noted and the fault thrown. */
    private JsonNode result(List<String> steps, Answer answer) {
        if (answer instanceof Answer.Result result) {
            return result.value();
        }
        if (answer instanceof Answer.Lost lost) {
            log.ambiguous(steps, lost.why());
            throw new Fault.Retryable(lost.why(), SOON);
        }
        Refusal refusal = refusal(answer);
        if (refusal.kind() == Refusal.Kind.BROKEN) {
            log.ambiguous(steps, refusal.text());
        } else {
            log.failed(steps, refusal.text());
        }
        throw refusal.fault();
    }

    private static boolean noSuchUser(Answer answer) {
        return answer instanceof Answer.Refused refused
                && refused.refusal().kind() == Refusal.Kind.NO_SUCH_USER;
    }

    private static Refusal refusal(Answer answer) {
        return ((Answer.Refused) answer).refusal();
    }
}
