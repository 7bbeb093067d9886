package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Fault;

/**
 * Brings parcels to one portal at the pace that the portal allows. It has no threads: whoever hands
 * a parcel in waits for its outcome, and the thread whose parcel leads the next departure carries
 * all that leaves with it.
 */
final class Courier {

    /** Longest wait for a turn; who would wait longer is told so at once. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String GIVEN_BACK = "not sent: the hub changes or stops";

    private final Function<Envelope, Trip> wire;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Departures departures;
    private final Breaker breaker = new Breaker();
    private final Settlement settlement;
    private boolean closed;

    /**
     * @param since when another process may have sent last, by {@code nanos}
     * @param wire carries one envelope and blocks until its reply
     * @param nanos monotonic
     */
    Courier(
            Limits limits,
            long since,
            Function<Envelope, Trip> wire,
            Vitals vitals,
            LongSupplier nanos,
            Clock clock) {
        this.wire = wire;
        this.nanos = nanos;
        departures = new Departures(limits, since);
        settlement = new Settlement(departures, breaker, vitals, nanos, clock);
    }

    void limits(Limits limits) {
        locked(() -> departures.bucket().limits(limits, now()));
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
    List<Answer> send(Parcel parcel) {
        return await(parcel, this::carry);
    }

    /**
     * Makes a request of another kind in its turn, such as an upload.
     *
     * @throws Fault if its turn did not come
     */
    <T> T inTurn(Lane lane, Supplier<T> request) {
        List<T> made = new ArrayList<>();
        await(
                new Parcel(lane, List.of()),
                alone -> {
                    try {
                        made.add(request.get());
                    } finally {
                        locked(
                                () -> {
                                    departures.bucket().replied(now());
                                    alone.get(0).answered(List.of());
                                });
                    }
                });
        return made.get(0);
    }

    /** Whoever waits is told that his parcel did not leave; see {@link CrmConnector#giveBack}. */
    void giveBack() {
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
    void close() {
        locked(() -> closed = true);
        giveBack();
    }

    private interface Carrier {
        void carry(List<Waiting> leaving);
    }

    private List<Answer> await(Parcel parcel, Carrier carrier) {
        lock.lock();
        Condition changed = lock.newCondition();
        Waiting mine = new Waiting(parcel, now(), changed::signal);
        try {
            if (closed) {
                throw new Fault.Retryable(GIVEN_BACK, Duration.ZERO);
            }
            departures.join(mine);
            while (!mine.over()) {
                long wait = turn(mine);
                if (wait > 0) {
                    changed.await(wait, TimeUnit.NANOSECONDS);
                } else if (!mine.over()) {
                    List<Waiting> leaving = departures.depart(now());
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

    private List<Answer> interrupted(Waiting mine) {
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
    private long turn(Waiting mine) {
        if (!mine.stands) {
            // Under way: whatever happens to others, only who carries it knows what becomes of it.
            return PATIENCE.toNanos();
        }
        long now = now();
        Duration away = breaker.away(now);
        if (!away.isZero()) {
            return giveUp(mine, new Fault.Away(breaker.reason(), away));
        }
        long patience = mine.since + PATIENCE.toNanos() - now;
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

    private long giveUp(Waiting mine, Fault why) {
        departures.giveUp(mine);
        mine.failed(why);
        wakeNext();
        return 0;
    }

    private void carry(List<Waiting> leaving) {
        Envelope envelope = new Envelope(leaving.stream().map(w -> w.parcel).toList());
        List<Waiting> unsettled = new ArrayList<>(leaving);
        try {
            Trip trip = wire.apply(envelope);
            locked(
                    () -> {
                        settlement.settle(envelope, leaving, trip);
                        unsettled.clear();
                        if (!breaker.away(now()).isZero()) {
                            departures.all().forEach(Waiting::wake);
                        }
                    });
        } finally {
            // Whatever went wrong, nobody is left waiting for an outcome that never comes.
            locked(
                    () -> {
                        departures.bucket().replied(now());
                        departures.returned(leaving);
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
