package org.trunkline.sandbox.bitrix;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code operating} counters: run time of a method of an application in ten one-minute baskets.
 */
final class OperatingTime {
    private static final int BASKETS = 10;

    private final Map<String, TreeMap<Long, Double>> used = new HashMap<>();
    private boolean enabled = true;
    private double limitSeconds = 480;
    private long refused;

    /** Checked before the method runs; what it then takes may go over the limit. */
    synchronized boolean admits(String app, String method, Instant now) {
        boolean admitted = !enabled || spent(app, method, now) < limitSeconds;
        refused += admitted ? 0 : 1;
        return admitted;
    }

    /** Commands refused since the portal was made; planted refusals don't count. */
    synchronized long refused() {
        return refused;
    }

    synchronized void add(String app, String method, Duration time, Instant now) {
        baskets(app, method, now).merge(minute(now), time.toNanos() / 1e9, Double::sum);
    }

    /** Seconds of run time in the last ten minutes. */
    synchronized double spent(String app, String method, Instant now) {
        return baskets(app, method, now).values().stream().mapToDouble(s -> s).sum();
    }

    /** Seconds of run time in the last ten minutes by method, of all applications. */
    synchronized Map<String, Double> spent(Instant now) {
        Map<String, Double> spent = new TreeMap<>();
        for (String key : List.copyOf(used.keySet())) {
            String[] parts = key.split(" ");
            spent.merge(parts[1], spent(parts[0], parts[1], now), Double::sum);
        }
        return spent;
    }

    /** When the oldest basket in use empties. */
    synchronized Instant resetAt(String app, String method, Instant now) {
        TreeMap<Long, Double> baskets = baskets(app, method, now);
        long oldest = baskets.isEmpty() ? minute(now) : baskets.firstKey();
        return Instant.ofEpochSecond((oldest + BASKETS) * 60);
    }

    synchronized void configure(boolean enabled, double limitSeconds) {
        this.enabled = enabled;
        this.limitSeconds = limitSeconds;
    }

    synchronized boolean enabled() {
        return enabled;
    }

    synchronized double limitSeconds() {
        return limitSeconds;
    }

    private TreeMap<Long, Double> baskets(String app, String method, Instant now) {
        TreeMap<Long, Double> baskets =
                used.computeIfAbsent(app + " " + method, k -> new TreeMap<>());
        baskets.headMap(minute(now) - BASKETS, true).clear();
        return baskets;
    }

    private static long minute(Instant now) {
        return now.getEpochSecond() / 60;
    }
}
