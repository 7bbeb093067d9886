package org.trunkline.store.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes something and publishes it, trying until it succeeds: first in the caller's thread, then in
 * one of its own. Neither OSGi's services nor pax-jdbc try again what failed at the start.
 */
final class Opening<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final String trouble;
    private final Duration pause;
    private final Supplier<T> make;
    private final Function<T, Runnable> publish;
    private final ScheduledExecutorService retries =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "trunkline-store-opening");
                        thread.setDaemon(true);
                        return thread;
                    });
    private Optional<Runnable> withdrawal = Optional.empty();
    private boolean closed;
    private String toldLast = "";

    /**
     * @param trouble what a failure means, for the log
     * @param pause between two tries
     * @param publish makes it known and returns how to take that back
     */
    Opening(String trouble, Duration pause, Supplier<T> make, Function<T, Runnable> publish) {
        this.trouble = trouble;
        this.pause = pause;
        this.make = make;
        this.publish = publish;
    }

    void start() {
        try {
            T made = make.get();
            keep(publish.apply(made));
        } catch (RuntimeException e) {
            tell(e);
            again();
        }
    }

    /** Held by no lock while services come and go: they call back. */
    private void keep(Runnable published) {
        retries.shutdown();
        synchronized (this) {
            if (!closed) {
                withdrawal = Optional.of(published);
                return;
            }
        }
        published.run();
    }

    private void tell(RuntimeException e) {
        String words = String.valueOf(e.getMessage());
        if (!words.equals(toldLast)) {
            LOG.error("{}, trying again every {} s: {}", trouble, pause.toSeconds(), words);
            toldLast = words;
        }
    }

    private synchronized void again() {
        if (!closed) {
            retries.schedule(this::start, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        Optional<Runnable> published;
        synchronized (this) {
            closed = true;
            published = withdrawal;
            withdrawal = Optional.empty();
        }
        // Without an interrupt: in H2's file access it would close the whole database.
        retries.shutdown();
        published.ifPresent(Runnable::run);
    }
}
