package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.trunkline.crm.connector.Breaker;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.Waiting;

/** A courier that keeps Bitrix24's limits and puts commands into batches. */
record Dispatch(Courier<Parcel> courier, Departures departures) {

    /**
     * @param since when another process may have sent last, by {@code nanos}
     * @param wire carries one envelope and blocks until its reply
     * @param nanos monotonic
     */
    static Dispatch of(
            Limits limits,
            long since,
            Function<Envelope, Trip> wire,
            Vitals vitals,
            LongSupplier nanos,
            Clock clock) {
        Departures departures = new Departures(limits, since);
        Breaker breaker = new Breaker();
        Settlement settlement = new Settlement(departures, breaker, vitals, nanos, clock);
        Courier<Parcel> courier =
                new Courier<>(
                        departures,
                        breaker,
                        leaving -> {
                            Envelope envelope =
                                    new Envelope(leaving.stream().map(Waiting::parcel).toList());
                            Trip trip = wire.apply(envelope);
                            return () -> settlement.settle(envelope, leaving, trip);
                        },
                        nanos);
        return new Dispatch(courier, departures);
    }

    void limits(Limits limits) {
        courier.change(now -> departures.bucket().limits(limits, now));
    }
}
