package org.trunkline.crm.delivery.internal;

import java.net.URI;
import java.util.Optional;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingLinks;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.store.Work;

/** A recording's link as a connector asks for it; where there is none, a step says why. */
record LinkStep(RecordingLinks links, Work.Item item, StepLog steps) {

    Optional<URI> link(Recording recording) {
        Optional<URI> link = links.link(item.company(), item.call(), recording);
        String step = "link:" + recording.id();
        boolean told = steps.step(step).filter(s -> s.state() == Step.State.FAILED).isPresent();
        if (link.isEmpty() && !told) {
            steps.failed(step, RecordingLinks.NONE + ": " + RecordingLinks.CURE);
        } else if (link.isPresent() && told) {
            // Who has the link has the recording: the step names neither it nor its signature.
            steps.done(step, recording.id());
        }
        return link;
    }
}
