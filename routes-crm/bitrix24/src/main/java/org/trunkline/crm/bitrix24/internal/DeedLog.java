package org.trunkline.crm.bitrix24.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/** The durable steps of a call, and which of them were in doubt when they were begun again. */
class DeedLog {

    private final StepLog steps;

    /** Begun again while nobody knew what became of an earlier try. */
    private final Set<String> doubtful = new HashSet<>();

    DeedLog(StepLog steps) {
        this.steps = steps;
    }

    final boolean done(String step) {
        return is(step, Step.State.DONE);
    }

    /** The CRM's id of what a step made; empty while it is not done. */
    final Optional<String> made(String step) {
        return steps.step(step).filter(s -> s.state() == Step.State.DONE).flatMap(Step::crmId);
    }

    /** What a step was last known to have brought about, done or not. */
    final Optional<String> lastKnown(String step) {
        return steps.step(step).flatMap(Step::crmId);
    }

    /** Whether a try went out of which nobody knows what became. */
    final boolean unsure(String step) {
        return is(step, Step.State.PENDING) || is(step, Step.State.AMBIGUOUS);
    }

    private boolean is(String step, Step.State state) {
        return steps.step(step).filter(s -> s.state() == state).isPresent();
    }

    final void begin(List<String> names) {
        for (String name : names) {
            if (unsure(name)) {
                doubtful.add(name);
            }
            steps.begin(name);
        }
    }

    final void done(String step, String crmId) {
        steps.done(step, crmId);
    }

    final void ambiguous(List<String> names, String why) {
        names.forEach(name -> steps.ambiguous(name, why));
    }

    /** A refused try says nothing of an earlier one whose reply was lost: that doubt stays. */
    final void failed(String step, String why) {
        if (doubtful.contains(step)) {
            steps.ambiguous(step, why);
        } else {
            steps.failed(step, why);
        }
    }

    final void failed(List<String> names, String why) {
        names.forEach(name -> failed(name, why));
    }
}
