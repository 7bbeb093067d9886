package org.trunkline.crm.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Fault;

/**
 * Brings parcels to one portal at the pace that the portal allows. It has no threads: whoever hands
 * a parcel in waits for its outcome, and the thread whose parcel leads the next departure carries
 * all that leaves with it.
 */
public final class Courier<P extends Parcel> {

    /** Longest wait for a turn; who would wait longer is told so at once. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String GIVEN_BACK = "not sent: the hub changes or stops";

    private final Wire<P> wire;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Schedule<P> departures;
    private final Breaker breaker;
    private boolean closed;

    /** Carries parcels to the portal. */
    @FunctionalInterface
    public interface Wire<P extends Parcel> {

        /**
         * Carries those that leave together, and blocks until their reply.
         *
         * @return draws the consequences: what each is answered, and when the next may leave; run
         *     under the courier's lock
         */
        Runnable carry(List<Waiting<P>> leaving);
    }

    /**
     * @param departures used by nobody else, but by what the wire returns
     * @param breaker likewise
     * @param nanos monotonic
     */
    public Courier(Schedule<P> departures, Breaker breaker, Wire<P> wire, LongSupplier nanos) {
        this.departures = departures;
        this.breaker = breaker;
        this.wire = wire;
        this.nanos = nanos;
    }

    /** Changes the schedule, such as its limits. */
    public void change(LongConsumer change) {
        locked(() -> change.accept(now()));
    }

    /** Whoever may lead the next departure looks again. */
    private void wakeNext() {
        departures.head(now()).ifPresent(Waiting::wake);
    }

    /**
     * Sends a parcel and waits for what each command gave.
     *
     * @throws Fault if nothing of it reached the portal
     */
    public List<Answer> send(P parcel) {
        return await(parcel, this::carry);
    }

    /**
     * Makes a request of another kind in its turn, such as an upload.
     *
     * @param turn a parcel without answers that leaves alone
     * @throws Fault if its turn did not come
     */
    public <T> T inTurn(P turn, Supplier<T> request) {
        List<T> made = new ArrayList<>();
        await(
                turn,
                alone -> {
                    try {
                        made.add(request.get());
                    } finally {
                        locked(
                                () -> {
                                    departures.returned(alone, now());
                                    alone.get(0).answered(List.of());
                                });
                    }
                });
        return made.get(0);
    }

    /** Whoever waits is told that his parcel did not leave; see {@link CrmConnector#giveBack}. */
    public void giveBack() {
        locked(
                () ->
                        departures
                                .withdraw()
                                .forEach(
                                        w ->
                                                w.failed(
                                                        new Fault.Retryable(
                                                                GIVEN_BACK, Duration.ZERO))));
    }

    /** From now on nothing leaves any more. */
    public void close() {
        locked(() -> closed = true);
        giveBack();
    }

    private interface Carrier<P extends Parcel> {
        void carry(List<Waiting<P>> leaving);
    }

    private List<Answer> await(P parcel, Carrier<P> carrier) {
        lock.lock();
        Condition changed = lock.newCondition();
        Waiting<P> mine = new Waiting<>(parcel, now(), changed::signal);
        try {
            if (closed) {
                throw new Fault.Retryable(GIVEN_BACK, Duration.ZERO);
            }
            departures.join(mine);
            // Who joins may put another at the head, whose thread then sleeps as one that follows.
            wakeNext();
            while (!mine.over()) {
                long wait = turn(mine);
                if (wait > 0) {
                    changed.await(wait, TimeUnit.NANOSECONDS);
                } else if (!mine.over()) {
                    List<Waiting<P>> leaving = departures.depart(now());
                    breaker.departed(now());
                    wakeNext();
                    lock.unlock();
                    try {
                        carrier.carry(leaving);
                    } finally {
                        lock.lock();
                    }
                }
            }
            return mine.outcome();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return interrupted(mine);
        } finally {
            lock.unlock();
        }
    }

    private List<Answer> interrupted(Waiting<P> mine) {
        String why = "the hub is stopping";
        if (departures.giveUp(mine)) {
            wakeNext();
            throw new Fault.Retryable(why, Duration.ZERO);
        }
        if (!mine.over()) {
            mine.lost(why);
        }
        return mine.outcome();
    }

    /** Nanoseconds to wait before looking again; 0 if this parcel may lead or is over. */
    private long turn(Waiting<P> mine) {
        if (!mine.stands()) {
            // Under way: whatever happens to others, only who carries it knows what becomes of it.
            return PATIENCE.toNanos();
        }
        long now = now();
        Duration away = breaker.away(now);
        if (!away.isZero()) {
            return giveUp(mine, new Fault.Away(breaker.reason(), away));
        }
        long patience = mine.since() + PATIENCE.toNanos() - now;
        long paused = departures.nanosPaused(mine, now);
        if (patience <= 0 || paused > patience) {
            Duration after = Duration.ofNanos(Math.max(0, paused));
            return giveUp(mine, new Fault.Retryable("the portal's quota is used up", after));
        }
        if (departures.head(now).filter(h -> h == mine).isPresent()) {
            return Math.min(patience, departures.nanosUntil(mine, now));
        }
        return paused > 0 ? paused : patience;
    }

    private long giveUp(Waiting<P> mine, Fault why) {
        departures.giveUp(mine);
        mine.failed(why);
        wakeNext();
        return 0;
    }

    private void carry(List<Waiting<P>> leaving) {
        List<Waiting<P>> unsettled = new ArrayList<>(leaving);
        try {
            Runnable consequences = wire.carry(leaving);
            locked(
                    () -> {
                        consequences.run();
                        unsettled.clear();
                        if (!breaker.away(now()).isZero()) {
                            departures.all().forEach(Waiting::wake);
                        }
                    });
        } finally {
            // Whatever went wrong, nobody is left waiting for an outcome that never comes.
            locked(
                    () -> {
                        departures.returned(leaving, now());
                        unsettled.forEach(w -> w.lost("the request broke off"));
                    });
        }
    }

    private long now() {
        return nanos.getAsLong();
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            wakeNext();
        } finally {
            lock.unlock();
        }
    }
}
