package org.trunkline.pbx.uis.internal;

import java.time.Duration;
import java.util.Optional;
import org.trunkline.model.CallResult;

/** How a finished call ended. */
final class Outcome {

    /** An end in the ordinary way; all other reasons of UIS are of calls it could not serve. */
    private static final String ORDINARY = "success_finish";

    private Outcome() {}

    /**
     * Talk decides: a menu that answered is no talk. What UIS means by lost is used only where it
     * tells no duration.
     *
     * @return empty: UIS does not say
     */
    static Optional<CallResult> of(Notification finished) {
        Optional<Duration> talk = finished.seconds("talk_time_duration");
        Optional<Boolean> lost = finished.flag("is_lost");
        if (talk.isEmpty() && lost.isEmpty()) {
            return Optional.empty();
        }
        boolean answered =
                talk.map(duration -> !duration.isZero()).orElseGet(() -> !lost.orElseThrow());
        if (answered) {
            return Optional.of(CallResult.ANSWERED);
        }
        boolean served = finished.text("finish_reason").map(ORDINARY::equals).orElse(true);
        return Optional.of(served ? CallResult.MISSED : CallResult.FAILED);
    }
}
