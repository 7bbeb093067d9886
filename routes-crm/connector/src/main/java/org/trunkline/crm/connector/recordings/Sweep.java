package org.trunkline.crm.connector.recordings;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes recordings that nobody fetches or uploads any more, now and from time to time: a hub may
 * run for months, and those that share its disk may die.
 */
public final class Sweep implements AutoCloseable {

    /** How often it is worth a look. */
    public static final Duration USUAL = Duration.ofHours(1);

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "recordings-sweep");
                        thread.setDaemon(true);
                        return thread;
                    });

    public Sweep(Clock clock, Duration every) {
        timer.scheduleWithFixedDelay(
                () -> TemporaryFiles.sweep(clock.instant()),
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
