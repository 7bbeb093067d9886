package org.trunkline.crm.bitrix24.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/** The steps of one record of a call: those of the first are named plainly, others by its key. */
final class RecordLog {

    private final StepLog steps;
    private final String suffix;

    /** Begun again while nobody knew what became of an earlier try. */
    private final Set<String> doubtful = new HashSet<>();

    RecordLog(StepLog steps, CallRecord record) {
        this.steps = steps;
        this.suffix = record.key().equals(CallRecord.MAIN) ? "" : ":" + record.key();
    }

    String register() {
        return "register" + suffix;
    }

    /**
     * Under which user the register went out last. Durable before its request: the portal gives the
     * same call only to the same user, and who that is changes while the call goes on.
     */
    String registrant() {
        return "registeredAs" + suffix;
    }

    String card() {
        return "card" + suffix;
    }

    String finish() {
        return "finish" + suffix;
    }

    boolean done(String step) {
        return is(step, Step.State.DONE);
    }

    /** The CRM's id of what a step made; empty while it is not done. */
    Optional<String> made(String step) {
        return steps.step(step).filter(s -> s.state() == Step.State.DONE).flatMap(Step::crmId);
    }

    /** Whom the card was last known to be shown to, done or not. */
    Optional<String> lastKnown(String step) {
        return steps.step(step).flatMap(Step::crmId);
    }

    /** Whether a try went out of which nobody knows what became. */
    boolean unsure(String step) {
        return is(step, Step.State.PENDING) || is(step, Step.State.AMBIGUOUS);
    }

    boolean failed(String step) {
        return is(step, Step.State.FAILED);
    }

    private boolean is(String step, Step.State state) {
        return steps.step(step).filter(s -> s.state() == state).isPresent();
    }

    void begin(List<String> names) {
        for (String name : names) {
            if (unsure(name)) {
                doubtful.add(name);
            }
            steps.begin(name);
        }
    }

    void done(String step, String crmId) {
        steps.done(step, crmId);
    }

    void ambiguous(List<String> names, String why) {
        names.forEach(name -> steps.ambiguous(name, why));
    }

    /** A refused try says nothing of an earlier one whose reply was lost: that doubt stays. */
    void failed(String step, String why) {
        if (doubtful.contains(step)) {
            steps.ambiguous(step, why);
        } else {
            steps.failed(step, why);
        }
    }

    void failed(List<String> names, String why) {
        names.forEach(name -> failed(name, why));
    }
}
