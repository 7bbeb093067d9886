package org.trunkline.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.trunkline.model.Fault;

/**
 * Asks the store and waits no longer than {@link #LIMIT}. A question that is given up goes on to
 * its end and is never interrupted, for H2 closes a database whose thread is: so while the store
 * hangs {@link #AT_ONCE} threads hang with it, and no more.
 */
final class InTime {

    /** The dialplan of docs/asterisk.md waits two seconds, network included; UIS names no limit. */
    static final Duration LIMIT = Duration.ofMillis(1500);

    /** An answer takes milliseconds: these are thousands of calls a second. */
    static final int AT_ONCE = 16;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    /** Needs no end: without questions its threads end by themselves. */
    private final ThreadPoolExecutor threads;

    InTime(String name) {
        AtomicInteger count = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(
                        0,
                        AT_ONCE,
                        IDLE_THREAD.toSeconds(),
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * The answer, or what the question throws.
     *
     * @throws Fault.Retryable if there is none in time, or {@link #AT_ONCE} wait for theirs
     */
    <T> T ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, threads)
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw late(AT_ONCE + " questions wait for the store already");
        } catch (TimeoutException e) {
            throw late("the store has not answered within " + LIMIT.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late("the hub stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new CompletionException(e.getCause());
        }
    }

    private static Fault.Retryable late(String why) {
        return new Fault.Retryable("nobody can say whom the call should ring: " + why, LIMIT);
    }
}
