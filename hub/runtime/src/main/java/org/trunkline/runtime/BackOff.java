package org.trunkline.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure, spread so that those who
 * failed together do not come back together.
 *
 * @param first wait after the first failure, above zero
 * @param most upper bound, spread included
 */
public record BackOff(Duration first, Duration most) {

    private static final double LEAST_SHARE = 0.75;

    public BackOff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first must be above zero and at most " + most + ", was " + first);
        }
    }

    /**
     * The wait after so many failures in a row, from 75 % of the doubled time to all of it.
     *
     * @param failures 1 or more
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be 1 or more, was " + failures);
        }
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(first.toMillis()) - 1);
        long full = Math.min(first.toMillis() << doublings, most.toMillis());
        double share = LEAST_SHARE + (1 - LEAST_SHARE) * random.nextDouble();
        return Duration.ofMillis(Math.max(1, Math.round(full * share)));
    }
}
