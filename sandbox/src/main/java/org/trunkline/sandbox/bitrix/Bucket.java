package org.trunkline.sandbox.bitrix;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The leaky bucket of a portal, one for each source address: +1 a request, -2 a second, 50 high.
 */
final class Bucket {
    private record Level(double height, Instant at) {}

    private final Map<String, Level> levels = new HashMap<>();
    private boolean enabled = true;
    private double limit = 50;
    private double leakPerSecond = 2;
    private long refused;

    /** Pours one request in; false = it does not fit and is refused. */
    synchronized boolean admit(String source, Instant now) {
        Level level = levels.getOrDefault(source, new Level(0, now));
        double passed = Math.max(0, Duration.between(level.at(), now).toNanos() / 1e9);
        double height = Math.max(0, level.height() - passed * leakPerSecond);
        boolean fits = !enabled || height + 1 <= limit;
        levels.put(source, new Level(fits ? height + 1 : height, now));
        refused += fits ? 0 : 1;
        return fits;
    }

    synchronized void configure(boolean enabled, double limit, double leakPerSecond) {
        this.enabled = enabled;
        this.limit = limit;
        this.leakPerSecond = leakPerSecond;
    }

    /** Requests that did not fit since the portal was made; planted refusals don't count. */
    synchronized long refused() {
        return refused;
    }

    synchronized boolean enabled() {
        return enabled;
    }

    synchronized double limit() {
        return limit;
    }

    synchronized double leakPerSecond() {
        return leakPerSecond;
    }
}
