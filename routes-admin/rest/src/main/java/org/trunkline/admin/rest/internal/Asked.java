package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;

/** Asks portals, all at once, and waits for their answers a limited time. */
public final class Asked implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Asked.class);

    /** So many may wait for hanging portals; whoever comes then is told at once. */
    private static final int MOST_THREADS = 16;

    private final Duration patience;
    private final ExecutorService threads;

    public Asked(Duration patience) {
        this.patience = patience;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        MOST_THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, "trunkline-portal-questions");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * One question.
     *
     * @param otherwise what stands for the answer if there is none, by the reason
     */
    public record Question<T>(Supplier<T> question, Function<String, T> otherwise) {}

    /** The answers, in the order of the questions. */
    public <T> List<T> all(List<Question<T>> questions) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Supplier<T>> answers = new ArrayList<>();
        for (Question<T> question : questions) {
            try {
                Future<T> under = threads.submit(question.question()::get);
                answers.add(() -> answer(under, question, deadline));
            } catch (RejectedExecutionException allHang) {
                answers.add(() -> question.otherwise().apply("too many portals hang"));
            }
        }
        return answers.stream().map(Supplier::get).toList();
    }

    private <T> T answer(Future<T> under, Question<T> question, long deadline) {
        try {
            return under.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            // Never interrupted: its thread may carry the requests of calls too.
            under.cancel(false);
            return question.otherwise().apply("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                String cure = fault.cure().isEmpty() ? "" : "; " + fault.cure();
                return question.otherwise().apply(fault.getMessage() + cure);
            }
            LOG.error("A portal could not be asked", e.getCause());
            return question.otherwise().apply("the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return question.otherwise().apply("interrupted");
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
