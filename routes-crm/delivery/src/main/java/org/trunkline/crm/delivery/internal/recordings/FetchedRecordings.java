package org.trunkline.crm.delivery.internal.recordings;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trunkline.crm.connector.recordings.TemporaryFiles;
import org.trunkline.http.FileBody;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;

/**
 * Recordings that lie behind a PBX's API, kept in temporary files while somebody listens: a player
 * asks many times for one recording, the PBX is asked once. Thread-safe.
 */
final class FetchedRecordings implements AutoCloseable {

    /** Since the fetch began; what is being sent by then is sent to its end. */
    static final Duration KEPT = Duration.ofMinutes(10);

    /** A PBX that did not give it is not asked again before. */
    static final Duration AGAIN = Duration.ofSeconds(15);

    static final int MOST_FILES = 16;

    /** A thread of the HTTP server waits for each. */
    static final int MOST_WAITING = 16;

    private static final int FETCHES_AT_ONCE = 4;
    private static final Duration BUSY = Duration.ofSeconds(2);

    private record Copy(CompletableFuture<Path> file, Instant since) {

        boolean over(Instant now) {
            Duration kept = file.isCompletedExceptionally() ? AGAIN : KEPT;
            return file.isDone() && !since.plus(kept).isAfter(now);
        }
    }

    private final Clock clock;
    private final Duration patience;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Map<Seal, Copy> copies = new LinkedHashMap<>();
    private final ThreadPoolExecutor fetching =
            new ThreadPoolExecutor(
                    FETCHES_AT_ONCE,
                    FETCHES_AT_ONCE,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(MOST_FILES),
                    task -> new Thread(task, "recordings-fetch"));

    /**
     * @param patience how long a player is kept waiting; the fetch goes on without it
     */
    FetchedRecordings(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        fetching.allowCoreThreadTimeOut(true);
    }

    /**
     * @param closed see {@link FileBody#open}
     * @throws Fault as the PBX's source, and {@link Fault.Retryable} while it is being fetched
     */
    FileBody open(Seal seal, RecordingPlace.Api api, Recording recording, Runnable closed)
            throws IOException {
        try {
            return FileBody.open(awaited(copy(seal, api, recording)), closed);
        } catch (NoSuchFileException e) {
            // Others were fetched in between, and it had to make room.
            throw busy();
        }
    }

    private Path awaited(CompletableFuture<Path> file) {
        if (file.isDone()) {
            return got(file);
        }
        if (!waiting.tryAcquire()) {
            throw busy();
        }
        try {
            return got(file);
        } finally {
            waiting.release();
        }
    }

    private Path got(CompletableFuture<Path> file) {
        try {
            return file.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Fault.Retryable busy() {
        return new Fault.Retryable("recordings are being fetched from the PBX", BUSY);
    }

    private synchronized CompletableFuture<Path> copy(
            Seal seal, RecordingPlace.Api api, Recording recording) {
        tidy();
        Copy known = copies.get(seal);
        if (known != null) {
            return known.file();
        }
        try {
            CompletableFuture<Path> file =
                    CompletableFuture.supplyAsync(() -> fetched(api, recording), fetching);
            copies.put(seal, new Copy(file, clock.instant()));
            return file;
        } catch (RejectedExecutionException e) {
            throw busy();
        }
    }

    private static Path fetched(RecordingPlace.Api api, Recording recording) {
        Path file = TemporaryFiles.create();
        boolean whole = false;
        try {
            api.source().fetch(api.company(), api.account(), recording, file.toFile());
            whole = true;
            return file;
        } finally {
            if (!whole) {
                TemporaryFiles.remove(file);
            }
        }
    }

    /** Removes what nobody has use for any more, and the eldest where there are too many. */
    synchronized void tidy() {
        Instant now = clock.instant();
        Iterator<Copy> eldestFirst = copies.values().iterator();
        while (eldestFirst.hasNext()) {
            Copy copy = eldestFirst.next();
            if (copy.over(now) || copies.size() >= MOST_FILES && copy.file().isDone()) {
                eldestFirst.remove();
                if (!copy.file().isCompletedExceptionally()) {
                    TemporaryFiles.remove(copy.file().join());
                }
            }
        }
    }

    /** Without an interrupt: in H2's file access it would close the whole database. */
    @Override
    public synchronized void close() {
        fetching.getQueue().clear();
        fetching.shutdown();
        copies.values().forEach(copy -> copy.file().thenAccept(TemporaryFiles::remove));
        copies.clear();
    }
}
