package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.store.Work;

/**
 * Asks the store for its backlog with a time limit of its own: a database that hangs must not hang
 * those who ask for the hub's health.
 */
public final class StoreProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    /** So many may wait for a hanging database; whoever comes then is told at once. */
    private static final int MOST_THREADS = 4;

    private final Supplier<Optional<Work>> work;
    private final Duration patience;
    private final ExecutorService threads;

    public StoreProbe(Supplier<Optional<Work>> work, Duration patience) {
        this.work = work;
        this.patience = patience;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        MOST_THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, "trunkline-store-probe");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * What the store said.
     *
     * @param reason empty when it answered
     */
    public record Answer(Optional<Work.Backlog> backlog, String reason) {
        public boolean ok() {
            return backlog.isPresent();
        }
    }

    public Answer ask() {
        Optional<Work> open = work.get();
        if (open.isEmpty()) {
            return new Answer(Optional.empty(), "the store is not open; the log says why");
        }
        Future<Work.Backlog> asked;
        try {
            asked = threads.submit(open.get()::backlog);
        } catch (RejectedExecutionException allHang) {
            return silent();
        }
        try {
            return new Answer(
                    Optional.of(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS)), "");
        } catch (TimeoutException hangs) {
            // Never interrupted: H2 closes its whole database when that happens in a file access.
            asked.cancel(false);
            return silent();
        } catch (ExecutionException e) {
            LOG.warn("The store does not answer: {}", e.getCause().toString());
            return new Answer(Optional.empty(), "the store does not answer; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Optional.empty(), "interrupted");
        }
    }

    private Answer silent() {
        return new Answer(
                Optional.empty(), "the store did not answer within " + patience.toSeconds() + " s");
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
