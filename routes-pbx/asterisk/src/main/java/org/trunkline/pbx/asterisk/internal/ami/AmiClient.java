package org.trunkline.pbx.asterisk.internal.ami;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.pbx.asterisk.internal.ami.AmiFault.Kind;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Incoming;
import org.trunkline.pbx.asterisk.internal.ami.AmiState.State;
import org.trunkline.runtime.BackOff;

/**
 * Keeps one AMI session alive: connects, reads, and connects again with growing pauses. One thread
 * reads the socket, another gives what was read to the sink in batches; between them stands a
 * bounded queue, so that answers to actions arrive while the store is slow, and when it is very
 * slow the socket is left unread.
 */
public final class AmiClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmiClient.class);

    /** About a minute of a busy PBX (300 wanted events a second). */
    static final int QUEUE = 20_000;

    private static final int BATCH = 500;
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final AmiSettings settings;
    private final AmiSink sink;
    private final Clock clock;
    private final BlockingQueue<Incoming> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Thread reading;
    private final Thread delivering;
    private volatile AmiConnection connection;
    private volatile AmiState state = AmiState.of(State.CONNECTING);
    private volatile boolean stopped;
    private volatile long stoppedAt;
    private String lastReason = "";
    private int failures;

    public AmiClient(AmiSettings settings, AmiSink sink, Clock clock) {
        this.settings = settings;
        this.sink = sink;
        this.clock = clock;
        this.reading = new Thread(this::keepReading, "ami-" + settings.account());
        this.delivering = new Thread(this::keepDelivering, "ami-sink-" + settings.account());
        reading.setDaemon(true);
        delivering.setDaemon(true);
    }

    public void start() {
        delivering.start();
        reading.start();
    }

    public AmiState state() {
        return state;
    }

    /** Events read and not yet taken by the sink. */
    public int backlog() {
        return queue.size();
    }

    /**
     * Sends an action.
     *
     * @return the response, also one that says Error; fails with {@link AmiFault} when there is no
     *     session or no answer in time
     */
    public CompletableFuture<AmiMessage> send(AmiAction action) {
        AmiConnection current = connection;
        if (current == null) {
            return CompletableFuture.failedFuture(
                    new AmiFault(Kind.LOST, settings + " is not connected", state.cure()));
        }
        try {
            return current.send(action, false).thenApply(Pending.Answer::response);
        } catch (AmiFault e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void keepReading() {
        try {
            while (!stopped) {
                try {
                    readOneSession();
                } catch (AmiFault fault) {
                    pauseAfter(fault);
                } catch (RuntimeException e) {
                    LOG.error("{}: an error of ours ended the session", settings, e);
                    pauseAfter(new AmiFault(Kind.LOST, "internal error: " + e, "See the log."));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: stopped", settings);
        } finally {
            state = AmiState.of(State.STOPPED);
        }
    }

    private void readOneSession() throws AmiFault, InterruptedException {
        try (AmiConnection session = AmiConnection.open(settings)) {
            connection = session;
            state = AmiState.of(State.CONNECTED);
            lastReason = "";
            LOG.info("{}: connected", settings);
            queue.put(new AmiSink.SessionBegan());
            session.switchEventsOn();
            new Resync(session, true).ask("CoreShowChannels");
            session.run(new Session(session));
        } finally {
            connection = null;
        }
    }

    /** What is done with the messages of one session, in the reading thread. */
    private final class Session implements AmiConnection.Reading {
        private final AmiConnection session;
        private long resyncedAt = System.nanoTime();

        Session(AmiConnection session) {
            this.session = session;
        }

        @Override
        public void event(AmiMessage event) throws InterruptedException {
            failures = 0;
            if (EventSelection.isWanted(event)) {
                sink.hear(event);
                queue.put(new AmiSink.Event(event, clock.instant()));
            }
        }

        @Override
        public void passed() throws AmiFault {
            if (System.nanoTime() - resyncedAt > settings.timing().resync().toNanos()) {
                resyncedAt = System.nanoTime();
                new Resync(session, false).ask("CoreShowChannels");
            }
        }
    }

    /** Lists the channels that live. */
    private final class Resync {
        private final AmiConnection session;
        private final boolean afterGap;

        Resync(AmiConnection session, boolean afterGap) {
            this.session = session;
            this.afterGap = afterGap;
        }

        /** CoreShowChannels wants class system or reporting; Status is there for users without. */
        void ask(String action) throws AmiFault {
            session.send(AmiAction.of(action), true)
                    .whenComplete((answer, failure) -> answered(action, answer, failure));
        }

        /** The answer comes in the reading thread, hence in order with the events around it. */
        private void answered(String action, Pending.Answer answer, Throwable failure) {
            try {
                if (failure == null && answer.response().isSuccess()) {
                    Instant now = clock.instant();
                    queue.put(new AmiSink.Snapshot(answer.items(), afterGap, now));
                } else if (connection != session || failure != null && !isTimeout(failure)) {
                    // The next session asks anew; what waits for a list waits for that one.
                    LOG.debug("{}: the session ended before it listed channels", settings, failure);
                } else if (action.equals("CoreShowChannels")) {
                    ask("Status");
                } else {
                    if (failure == null) {
                        LOG.warn(
                                "{} does not list its channels ({}): calls that end while the hub"
                                        + " is away are closed late. Give the AMI user write class"
                                        + " call or reporting.",
                                settings,
                                answer.response().get("Message"));
                    }
                    // Not put: of an answer that never came the clock's thread tells, which must
                    // not wait. The next question for the list tells again.
                    queue.offer(new AmiSink.Unlisted());
                }
            } catch (AmiFault e) {
                LOG.debug("{}: the session ended before the channels were listed", settings, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As opposed to a session that ended before the answer. */
    private static boolean isTimeout(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof AmiFault fault && fault.kind() == Kind.ACTION;
    }

    private void pauseAfter(AmiFault fault) throws InterruptedException {
        if (stopped) {
            return;
        }
        state = AmiState.of(fault);
        AmiSettings.Timing timing = settings.timing();
        BackOff backOff =
                fault.kind() == Kind.LOGIN_REFUSED ? timing.afterRefusal() : timing.retry();
        Duration pause = backOff.after(++failures, RandomGenerator.getDefault());
        if (fault.getMessage().equals(lastReason)) {
            LOG.debug("{}; again in {}", fault.getMessage(), pause);
        } else {
            LOG.warn("{}; again in {}. {}", fault.getMessage(), pause, fault.cure());
            lastReason = fault.getMessage();
        }
        Thread.sleep(pause.toMillis());
    }

    /** Ends once the session is over and the queue is empty, or when its time is up. */
    private void keepDelivering() {
        List<Incoming> batch = new ArrayList<>(BATCH);
        try {
            while (!(stopped && (queue.isEmpty() || overdue()))) {
                Incoming first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                deliver(List.copyOf(batch));
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: interrupted", settings);
        }
        if (!queue.isEmpty()) {
            LOG.warn("{}: stopped with {} events undelivered", settings, queue.size());
        }
        // No list comes any more: what waits for one must not be dropped.
        deliver(List.of(new AmiSink.Unlisted()));
    }

    private void deliver(List<Incoming> batch) {
        try {
            sink.accept(batch);
        } catch (RuntimeException e) {
            LOG.error("{}: {} events lost to an error of ours", settings, batch.size(), e);
        }
    }

    private boolean overdue() {
        return System.nanoTime() - stoppedAt > STOP.toNanos();
    }

    /**
     * Closes the session and waits until what was read is delivered, five seconds at most. The
     * delivering thread is not interrupted, see {@link AmiSink#accept}.
     */
    @Override
    public void close() {
        stoppedAt = System.nanoTime();
        stopped = true;
        reading.interrupt();
        AmiConnection current = connection;
        if (current != null) {
            current.close();
        }
        try {
            reading.join(STOP.toMillis());
            delivering.join(STOP.plus(LOOK).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
