package org.trunkline.admin.rest.internal;

import java.util.List;
import org.trunkline.model.Recording;
import org.trunkline.model.Step;
import org.trunkline.store.Work;

/** How far a recording is on its way to the CRMs, told from the steps {@code attach:<id>}. */
final class RecordingState {

    private RecordingState() {}

    /** {@code attached} once one CRM has it, {@code gone} if one found it nowhere. */
    static String of(Recording recording, List<Work.Taken> taken) {
        List<Step.State> states =
                taken.stream()
                        .map(Work.Taken::step)
                        .filter(step -> step.name().equals("attach:" + recording.id()))
                        .map(Step::state)
                        .toList();
        if (states.contains(Step.State.DONE)) {
            return "attached";
        }
        return states.contains(Step.State.FAILED) ? "gone" : "pending";
    }
}
