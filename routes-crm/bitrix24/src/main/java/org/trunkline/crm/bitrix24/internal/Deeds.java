package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Fault;

/** Sends commands for durable steps: each is written before its request and after its reply. */
record Deeds(Site site, DeedLog log) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /**
     * @throws Fault if nothing of it reached the portal
     */
    List<Answer> send(Lane lane, List<String> steps, List<Command> commands) {
        log.begin(steps);
        try {
            return site.courier().send(new Parcel(lane, commands));
        } catch (Fault notSent) {
            log.failed(steps, notSent.getMessage());
            throw notSent;
        }
    }

    /** One command for one step; noted as done by the caller. */
    JsonNode one(String step, Command command) {
        return result(List.of(step), send(Lane.BACKLOG, List.of(step), List.of(command)).get(0));
    }

    /** What a command gave; else the steps that hang on it are noted and the fault thrown. */
    JsonNode result(List<String> steps, Answer answer) {
        Optional<Fault> fault = fault(steps, answer);
        if (fault.isPresent()) {
            throw fault.get();
        }
        return ((Answer.Result) answer).value();
    }

    /** What went wrong, noted with the steps that hang on it; empty: nothing. */
    Optional<Fault> fault(List<String> steps, Answer answer) {
        if (answer instanceof Answer.Lost lost) {
            return Optional.of(unknown(steps, lost.why()));
        }
        if (answer instanceof Answer.Refused refused) {
            Refusal refusal = refused.refusal();
            if (refusal.kind() == Refusal.Kind.BROKEN) {
                log.ambiguous(steps, refusal.text());
            } else {
                log.failed(steps, refusal.text());
            }
            return Optional.of(refusal.fault());
        }
        return Optional.empty();
    }

    /** Nobody knows whether the steps were done. */
    Fault unknown(List<String> steps, String why) {
        log.ambiguous(steps, why);
        return new Fault.Retryable(why, SOON);
    }

    /** Asks the portal for something; nothing is changed by it. */
    static List<JsonNode> ask(Courier courier, Command... commands) {
        return courier.send(Parcel.of(Lane.BACKLOG, commands)).stream().map(Answer::value).toList();
    }

    /** Whether the portal refuses a user; somebody has to map the employee anew. */
    boolean refuses(Answer answer, String user) {
        boolean refused = noSuchUser(answer);
        if (refused) {
            site.vitals()
                    .warn(
                            "user " + user,
                            "user " + user + " is dismissed or unknown there, others stand in",
                            Cures.of(Refusal.Kind.NO_SUCH_USER));
        }
        return refused;
    }

    static boolean noSuchUser(Answer answer) {
        return is(answer, Refusal.Kind.NO_SUCH_USER);
    }

    static boolean is(Answer answer, Refusal.Kind kind) {
        return answer instanceof Answer.Refused refused && refused.refusal().kind() == kind;
    }

    /** Whether the entity that was to be changed is not there any more. */
    static boolean gone(Answer answer) {
        return answer instanceof Answer.Refused refused && refused.refusal().gone();
    }

    static Refusal refusal(Answer answer) {
        return ((Answer.Refused) answer).refusal();
    }
}
