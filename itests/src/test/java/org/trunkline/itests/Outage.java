package org.trunkline.itests;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Time in which the hub could not hear its PBXs, which tell nothing twice.
 *
 * @param company whose PBX; empty: all of them
 * @param to when it was connected to them again
 */
record Outage(Optional<String> company, Instant from, Instant to) {
    /** What was sent this long before may not have been read, on a busy machine. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(4);

    boolean hides(PlayedCall call) {
        return company.map(call.company()::equals).orElse(true)
                && call.from().isBefore(to)
                && call.to().isAfter(from.minus(ON_THE_WAY));
    }
}
