package org.trunkline.crm.connector;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.trunkline.model.Fault;

/** Draws the consequences of requests that brought no answer. Guarded by its courier's lock. */
public final class Mishaps<P extends Parcel> {

    private static final int MOST_RETURNS = 5;

    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Schedule<P> departures;
    private final Breaker breaker;
    private final Vitals vitals;
    private final LongSupplier nanos;

    /**
     * @param nanos monotonic
     */
    public Mishaps(Schedule<P> departures, Breaker breaker, Vitals vitals, LongSupplier nanos) {
        this.departures = departures;
        this.breaker = breaker;
        this.vitals = vitals;
        this.nanos = nanos;
    }

    /** What it means for those who left with it. */
    public void settle(List<Waiting<P>> leaving, Trip.Mishap mishap) {
        if (mishap instanceof Trip.Renewed) {
            breaker.reached();
            again(leaving, new Fault.Retryable("the portal refuses new tokens", Duration.ZERO));
        } else if (mishap instanceof Trip.Unsent unsent) {
            vitals.failed(unsent.fault());
            leaving.forEach(w -> w.failed(unsent.fault()));
        } else if (mishap instanceof Trip.Unreached unreached) {
            breaker.failed(unreached.why(), nanos.getAsLong());
            vitals.retrying(unreached.why(), unreached.cure());
            leaving.forEach(w -> w.failed(new Fault.Away(unreached.why(), AWAY)));
        } else if (mishap instanceof Trip.Lost lost) {
            breaker.failed(lost.why(), nanos.getAsLong());
            vitals.retrying(lost.why(), lost.cure());
            leaving.forEach(w -> w.lost(lost.why()));
        }
    }

    /** They were not read and go once more, but not for ever. */
    public void again(List<Waiting<P>> leaving, Fault inTheEnd) {
        leaving.stream().filter(w -> w.sentBack() > MOST_RETURNS).forEach(w -> w.failed(inTheEnd));
        departures.rejoin(leaving.stream().filter(w -> !w.over()).toList());
    }
}
