package org.trunkline.store.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import org.trunkline.store.Leases.Standing;

/**
 * What a hub was told of its leases, and for how long it may believe that.
 *
 * @param companies that it holds
 * @param askedNanos when it asked, by the monotonic clock; the lease began no earlier
 * @param askedAt the same moment by the wall clock: the monotonic one stands still while a virtual
 *     machine is suspended
 */
record Tenure(Set<String> companies, long askedNanos, Instant askedAt) {

    /** How long the others wait for a sign of life. */
    static final Duration TERM = Duration.ofSeconds(6);

    /** A deed begun at the last moment still has to reach those who see it. */
    private static final Duration BELIEVED = TERM.minusSeconds(1);

    /** The clocks of a process. */
    record Clocks(LongSupplier nanos, Clock wall) {
        static final Clocks OF_PROCESS = new Clocks(System::nanoTime, Clock.systemUTC());
    }

    Standing standing(String company, Clocks clocks) {
        if (!believed(clocks)) {
            return Standing.DOUBTFUL;
        }
        return companies.contains(company) ? Standing.SERVING : Standing.STANDBY;
    }

    boolean believed(Clocks clocks) {
        return clocks.nanos().getAsLong() - askedNanos < BELIEVED.toNanos()
                && Duration.between(askedAt, clocks.wall().instant()).compareTo(BELIEVED) < 0;
    }
}
