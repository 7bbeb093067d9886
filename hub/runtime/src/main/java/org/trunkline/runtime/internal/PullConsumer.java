package org.trunkline.runtime.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.runtime.BackOff;
import org.trunkline.store.Subscription;

/**
 * Takes items out of the store when it signals and hands them to worker threads. An item stays in
 * the store until whoever worked on it says otherwise there, so stopping loses none: what was not
 * begun is left lying, what was begun is waited for.
 *
 * <p>One dispatcher thread owns all bookkeeping. It learns of an item's end only between two
 * questions to the store, hence an answer of the store can't bring back an item that was finished
 * while the store made it.
 *
 * @param <K> what makes an item the same item
 */
abstract class PullConsumer<K, T> extends DefaultConsumer implements Suspendable, ShutdownAware {

    /**
     * How much is done at once.
     *
     * @param leastRoom room in hand below which the store is not asked for more
     */
    record Bounds(int threads, int inHand, int perLane, int leastRoom) {}

    private static final Logger LOG = LoggerFactory.getLogger(PullConsumer.class);

    /** The safety net under the signals, and how soon a store that failed is asked again. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final BackOff BACK_OFF = new BackOff(POLL, Duration.ofMinutes(1));

    /** Each parked item makes the question to the store longer. */
    private static final int MOST_PARKED = 4096;

    private static final int MOST_ASKED = 1024;

    private final Supplier<Bounds> bounds;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean open;
    private Optional<Subscription> subscription = Optional.empty();
    private Hand<K> hand;
    private ExecutorService workers;
    private ScheduledThreadPoolExecutor dispatcher;
    private Optional<ScheduledFuture<?>> timer = Optional.empty();
    private boolean failing;

    /**
     * @param bounds may change while it runs, the number of threads only where it is that of items
     *     in hand
     */
    PullConsumer(Endpoint endpoint, Processor processor, Supplier<Bounds> bounds) {
        super(endpoint, processor);
        this.bounds = bounds;
    }

    /** The signal may come from any thread and must return at once. */
    abstract Subscription listen(Runnable signal);

    /** At most so many items, in the order in which to take them. */
    abstract List<T> pull(int most, Set<K> except);

    /** When there will be more without a signal; empty: not known. */
    abstract Optional<Duration> nextIn();

    /**
     * How long after a signal the store is asked, so that what comes together is taken together.
     */
    abstract Duration gathering();

    abstract K key(T item);

    /** Items of one lane share a bound. */
    abstract String lane(T item);

    /** For the log; no phone numbers. */
    abstract String describe(T item);

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        woken.set(false);
        Bounds now = bounds.get();
        hand = new Hand<>(() -> bounds.get().inHand(), () -> bounds.get().perLane());
        var threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        String name = getEndpoint().getEndpointUri();
        // No more items are in hand than threads, where each item has its own.
        workers =
                now.threads() < now.inHand()
                        ? threads.newFixedThreadPool(this, name, now.threads())
                        : threads.newCachedThreadPool(this, name);
        dispatcher =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> threads.newThread(name + " dispatcher", task),
                        // After the stop signals still under way have nothing left to wake.
                        new ThreadPoolExecutor.DiscardPolicy());
        dispatcher.setRemoveOnCancelPolicy(true);
        dispatcher.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        doResume();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        open = true;
        subscription = Optional.of(listen(this::wake));
        wake();
    }

    @Override
    protected void doSuspend() throws Exception {
        shut();
        super.doSuspend();
    }

    /** Interrupts nobody: a thread interrupted in H2's file access closes the whole database. */
    @Override
    protected void doStop() throws Exception {
        shut();
        dispatcher.shutdown();
        if (!dispatcher.awaitTermination(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} stops while the store still owes an answer", getEndpoint());
        }
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(workers);
        super.doStop();
    }

    private void shut() {
        open = false;
        subscription.ifPresent(Subscription::close);
        subscription = Optional.empty();
    }

    /** Rather be suspended first: then nothing new begins while the stop waits for the rest. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Closed by doSuspend already; the threads go in doStop.
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            dispatcher.schedule(this::turn, gathering().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** One question to the store, or several; then the timer is set anew. */
    private void turn() {
        woken.set(false);
        Duration next = POLL;
        try {
            if (open && fill()) {
                next =
                        nextIn().filter(in -> !in.isNegative() && in.compareTo(POLL) < 0)
                                .orElse(POLL);
            }
            if (failing) {
                LOG.info("{}: the store answers again", getEndpoint());
                failing = false;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn(
                        "{}: the store does not answer, asked again each second", getEndpoint(), e);
                failing = true;
            }
        } finally {
            timer.ifPresent(former -> former.cancel(false));
            timer =
                    Optional.of(
                            dispatcher.schedule(
                                    this::turn, next.toMillis() + 1, TimeUnit.MILLISECONDS));
        }
    }

    /**
     * Takes what there is.
     *
     * @return whether there is room for more
     */
    private boolean fill() {
        int ask = hand.room();
        while (open && hand.room() >= bounds.get().leastRoom()) {
            List<T> found = pull(ask, hand.known());
            boolean took = false;
            for (T item : found) {
                took |= hand.room() > 0 && take(item);
            }
            if (found.size() < ask || hand.parked() >= MOST_PARKED) {
                break;
            }
            ask = took ? Math.max(1, hand.room()) : Math.min(MOST_ASKED, ask * 2);
        }
        return hand.room() > 0;
    }

    private boolean take(T item) {
        boolean taken = hand.take(key(item), lane(item));
        if (taken) {
            workers.execute(() -> work(item));
        }
        return taken;
    }

    private void work(T item) {
        // Counted before the look at "open": who stops sees either the count or no exchange.
        pending.incrementAndGet();
        Optional<Exception> fault = Optional.of(new IllegalStateException("its thread died"));
        try {
            fault = open ? emit(item) : Optional.empty();
        } finally {
            pending.decrementAndGet();
            Optional<Exception> outcome = fault;
            dispatcher.execute(() -> ended(item, outcome));
        }
    }

    private Optional<Exception> emit(T item) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(item);
        try {
            getProcessor().process(exchange);
            return Optional.ofNullable(exchange.getException());
        } catch (Exception e) {
            return Optional.of(e);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void ended(T item, Optional<Exception> fault) {
        K key = key(item);
        hand.release(key);
        fault.ifPresentOrElse(e -> postpone(item, key, e), () -> hand.succeeded(key));
        wake();
    }

    private void postpone(T item, K key, Exception fault) {
        Duration wait = BACK_OFF.after(hand.hold(key), ThreadLocalRandom.current());
        dispatcher.schedule(
                () -> {
                    hand.allow(key);
                    wake();
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
        if (fault instanceof Fault) {
            LOG.warn("{} failed, again in {}: {}", describe(item), wait, fault.getMessage());
        } else {
            LOG.warn("{} failed, again in {}", describe(item), wait, fault);
        }
    }
}
