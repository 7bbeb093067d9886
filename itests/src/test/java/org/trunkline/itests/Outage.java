package org.trunkline.itests;

import java.time.Duration;
import java.time.Instant;

/**
 * Time in which the hub could not hear its PBXs, which tell nothing twice.
 *
 * @param to when it was connected to all of them again
 */
record Outage(Instant from, Instant to) {
    /** What was sent this long before the end may not have been read, on a busy machine. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    boolean hides(PlayedCall call) {
        return call.from().isBefore(to) && call.to().isAfter(from.minus(ON_THE_WAY));
    }
}
