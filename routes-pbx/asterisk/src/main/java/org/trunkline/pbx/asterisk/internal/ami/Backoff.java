package org.trunkline.pbx.asterisk.internal.ami;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a limit, each with up to a fifth of jitter on top. */
final class Backoff {
    private final RandomGenerator random;
    private int attempt;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next(Duration first, Duration most) {
        double factor = Math.pow(2, Math.min(attempt++, 30));
        double millis = Math.min(first.toMillis() * factor, most.toMillis());
        return Duration.ofMillis((long) (millis * (1 + random.nextDouble() / 5)));
    }

    void reset() {
        attempt = 0;
    }
}
