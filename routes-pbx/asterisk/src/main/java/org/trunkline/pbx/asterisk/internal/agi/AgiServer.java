package org.trunkline.pbx.asterisk.internal.agi;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FastAGI server. While it answers, a caller hears nothing and Asterisk sets no limit of its own:
 * so whatever happens a connection is closed within the deadline, and the dialplan goes on.
 */
public final class AgiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgiServer.class);

    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    /**
     * What peers may take.
     *
     * @param connections at once; one more is closed unanswered
     * @param deadline of one connection, from its beginning to its end
     */
    public record Bounds(int connections, Duration deadline) {}

    private final Bounds bounds;
    private final RouteScript script;
    private final ServerSocket listening = new ServerSocket();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(1, daemons("fastagi-deadlines"));
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Complaints complaints = new Complaints(LOG, System::nanoTime);

    /**
     * Listens from now on.
     *
     * @throws IOException if that is not possible at this address
     */
    public AgiServer(InetSocketAddress address, Bounds bounds, RouteScript script)
            throws IOException {
        this(address, bounds, script, daemons("fastagi"));
    }

    /**
     * Likewise.
     *
     * @param threads makes those that the calls are served by
     */
    public AgiServer(
            InetSocketAddress address, Bounds bounds, RouteScript script, ThreadFactory threads)
            throws IOException {
        this.bounds = bounds;
        this.script = script;
        this.workers =
                new ThreadPoolExecutor(
                        0,
                        bounds.connections(),
                        IDLE_THREAD.toSeconds(),
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        threads);
        deadlines.setRemoveOnCancelPolicy(true);
        try {
            listening.setReuseAddress(true);
            listening.bind(address);
        } catch (IOException e) {
            close();
            throw e;
        }
        daemons("fastagi-accept").newThread(this::accept).start();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** An open port that nobody takes calls from would leave callers in silence. */
    private void accept() {
        try (listening) {
            while (!listening.isClosed()) {
                acceptOne();
            }
        } catch (IOException e) {
            LOG.warn("FastAGI: {}", e.getMessage());
        }
    }

    private void acceptOne() {
        try {
            take(listening.accept());
        } catch (IOException e) {
            if (!listening.isClosed()) {
                complaints.say("a connection can't be taken: " + e.getMessage());
                pause();
            }
        }
    }

    /** As when the process has no more files: to ask again at once would only take the CPU. */
    private void pause() {
        try {
            closed.await(AFTER_A_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Socket socket) throws IOException {
        try {
            workers.execute(() -> serve(socket));
        } catch (RejectedExecutionException full) {
            socket.close();
            complaints.say("more than " + bounds.connections() + " calls ask at once");
        } catch (RuntimeException | Error noThread) {
            // As when the system gives no more threads: the next caller may have one.
            socket.close();
            complaints.say("a call goes on alone: " + noThread);
            pause();
        }
    }

    private void serve(Socket socket) {
        AtomicBoolean late = new AtomicBoolean();
        try (socket) {
            Future<?> deadline =
                    deadlines.schedule(
                            () -> cut(socket, late),
                            bounds.deadline().toMillis(),
                            TimeUnit.MILLISECONDS);
            try {
                talk(socket);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException | RuntimeException e) {
            complaints.say(
                    late.get()
                            ? "no end within " + bounds.deadline() + ", its call goes on alone"
                            : "a call goes on alone: " + words(e));
        }
    }

    private static String words(Exception e) {
        return e instanceof AgiFault ? e.getMessage() : e.toString();
    }

    /** Whoever reads from it or writes to it gets an exception. */
    private void cut(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            complaints.say("a connection can't be closed: " + e.getMessage());
        }
    }

    private void talk(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        AgiLines lines = new AgiLines(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (String command : script.commands(AgiRequest.read(lines))) {
            out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            String reply = lines.next();
            if (reply.equals("HANGUP")) {
                return; // the caller gave up
            }
            if (!reply.startsWith("200 ")) {
                throw new AgiFault("answers " + reply);
            }
        }
    }

    /** No new connection from now on; those there are end by their deadline. */
    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            LOG.warn("FastAGI: {}", e.getMessage());
        }
        workers.shutdown();
        deadlines.shutdown();
    }
}
