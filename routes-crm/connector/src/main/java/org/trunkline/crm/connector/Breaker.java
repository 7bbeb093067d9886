package org.trunkline.crm.connector;

import java.time.Duration;

/**
 * Fails fast while a portal cannot be reached, so that it holds no threads: opens after a few
 * failures in a row and then lets one probe through every few seconds. Not thread-safe; times are
 * monotonic nanoseconds.
 */
public final class Breaker {

    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(5);

    private int failures;
    private long nextProbe;
    private String reason = "";

    /** How long to stay away; zero: a request may go. */
    public Duration away(long now) {
        return failures < FAILURES_TO_OPEN
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, nextProbe - now));
    }

    public String reason() {
        return reason;
    }

    /** A request goes; while open it is the probe, and the next must wait. */
    public void departed(long now) {
        if (failures >= FAILURES_TO_OPEN) {
            nextProbe = now + BETWEEN_PROBES.toNanos();
        }
    }

    public void reached() {
        failures = 0;
    }

    public void failed(String why, long now) {
        failures++;
        reason = why;
        nextProbe = now + BETWEEN_PROBES.toNanos();
    }
}
