package org.trunkline.sandbox.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times fine enough to measure a relay by. */
public final class Micros {
    private Micros() {}

    /** Microseconds since 1970. */
    public static long of(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
