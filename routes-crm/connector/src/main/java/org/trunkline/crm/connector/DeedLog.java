package org.trunkline.crm.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/** The durable steps of a call, and which of them were in doubt when they were begun again. */
public class DeedLog {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final StepLog steps;

    /** Begun again while nobody knew what became of an earlier try. */
    private final Set<String> doubtful = new HashSet<>();

    public DeedLog(StepLog steps) {
        this.steps = steps;
    }

    /** A step of one record: of the first it is named plainly, of others by the record's key. */
    public static String of(CallRecord record, String step) {
        return record.key().equals(CallRecord.MAIN) ? step : step + ":" + record.key();
    }

    public final boolean done(String step) {
        return is(step, Step.State.DONE);
    }

    /** The CRM's id of what a step made; empty while it is not done. */
    public final Optional<String> made(String step) {
        return steps.step(step).filter(s -> s.state() == Step.State.DONE).flatMap(Step::crmId);
    }

    /** What a step was last known to have brought about, done or not. */
    public final Optional<String> lastKnown(String step) {
        return steps.step(step).flatMap(Step::crmId);
    }

    /** Whether a try went out of which nobody knows what became. */
    public final boolean unsure(String step) {
        return is(step, Step.State.PENDING) || is(step, Step.State.AMBIGUOUS);
    }

    private boolean is(String step, Step.State state) {
        return steps.step(step).filter(s -> s.state() == state).isPresent();
    }

    public final void begin(List<String> names) {
        for (String name : names) {
            if (unsure(name)) {
                doubtful.add(name);
            }
            steps.begin(name);
        }
    }

    public final void done(String step, String crmId) {
        steps.done(step, crmId);
    }

    public final void ambiguous(List<String> names, String why) {
        names.forEach(name -> steps.ambiguous(name, why));
    }

    /** A refused try says nothing of an earlier one whose reply was lost: that doubt stays. */
    public final void failed(String step, String why) {
        if (doubtful.contains(step)) {
            steps.ambiguous(step, why);
        } else {
            steps.failed(step, why);
        }
    }

    public final void failed(List<String> names, String why) {
        names.forEach(name -> failed(name, why));
    }

    /**
     * Sends what the steps stand for; they are begun before.
     *
     * @param send through a courier
     * @throws Fault if nothing of it reached the portal
     */
    public final List<Answer> send(List<String> names, Supplier<List<Answer>> send) {
        begin(names);
        try {
            return send.get();
        } catch (Fault notSent) {
            failed(names, notSent.getMessage());
            throw notSent;
        }
    }

    /** What was given; else the steps that hang on it are noted and the fault thrown. */
    public final JsonNode result(List<String> names, Answer answer) {
        Optional<Fault> fault = fault(names, answer);
        if (fault.isPresent()) {
            throw fault.get();
        }
        return ((Answer.Result) answer).value();
    }

    /** What went wrong, noted with the steps that hang on it; empty: nothing. */
    public final Optional<Fault> fault(List<String> names, Answer answer) {
        if (answer instanceof Answer.Lost lost) {
            return Optional.of(unknown(names, lost.why()));
        }
        if (answer instanceof Answer.Refused refused) {
            Refusal refusal = refused.refusal();
            if (refusal.broken()) {
                ambiguous(names, refusal.text());
            } else {
                failed(names, refusal.text());
            }
            return Optional.of(refusal.fault());
        }
        return Optional.empty();
    }

    /** Nobody knows whether the steps were done. */
    public final Fault unknown(List<String> names, String why) {
        ambiguous(names, why);
        return new Fault.Retryable(why, SOON);
    }
}
