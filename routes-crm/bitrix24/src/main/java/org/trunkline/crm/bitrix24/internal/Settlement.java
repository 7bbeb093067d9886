package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Breaker;
import org.trunkline.crm.connector.Mishaps;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.Waiting;
import org.trunkline.model.Fault;

/** Draws the consequences of a trip. Guarded by its courier's lock. */
final class Settlement {

    private static final Duration BLOCKED = Duration.ofMinutes(10);
    private static final Duration METHOD_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private final Departures departures;
    private final Mishaps<Parcel> mishaps;
    private final Breaker breaker;
    private final Vitals vitals;
    private final LongSupplier nanos;
    private final Clock clock;
    private final Map<String, Instant> resets = new HashMap<>();
    private int refusedInARow;

    Settlement(
            Departures departures,
            Breaker breaker,
            Vitals vitals,
            LongSupplier nanos,
            Clock clock) {
        this.departures = departures;
        this.mishaps = new Mishaps<>(departures, breaker, vitals, nanos);
        this.breaker = breaker;
        this.vitals = vitals;
        this.nanos = nanos;
        this.clock = clock;
    }

    /** What a trip's outcome means for those who left with it, and for the next departures. */
    void settle(Envelope envelope, List<Waiting<Parcel>> leaving, Trip trip) {
        if (trip instanceof Said.Answered answered) {
            breaker.reached();
            vitals.well();
            refusedInARow = 0;
            answered.spent().forEach(this::learn);
            for (int i = 0; i < leaving.size(); i++) {
                leaving.get(i).answered(answered.answers().get(i));
                answered.answers().get(i).forEach(this::learn);
            }
        } else if (trip instanceof Said.Refused refused) {
            breaker.reached();
            refused(envelope, leaving, refused.refusal());
        } else if (trip instanceof Trip.Mishap mishap) {
            mishaps.settle(leaving, mishap);
        }
    }

    private void refused(
            Envelope envelope, List<Waiting<Parcel>> leaving, Bitrix24Refusal refusal) {
        switch (refusal.kind()) {
            case TOO_MANY_REQUESTS:
                departures.bucket().full(nanos.getAsLong());
                departures.pause(nanos.getAsLong() + backOff().toNanos());
                mishaps.again(leaving, refusal.fault());
                break;
            case METHOD_EXHAUSTED:
                exhausted(refusal.method());
                mishaps.again(leaving, refusal.fault());
                break;
            case BLOCKED:
                departures.pause(nanos.getAsLong() + BLOCKED.toNanos());
                vitals.retrying(refusal.text(), Cures.BLOCKED);
                leaving.forEach(w -> w.failed(refusal.fault()));
                break;
            case BATCH_TOO_LONG:
                departures.shorterBatches();
                mishaps.again(
                        leaving, new Fault.Data(refusal.text(), "report this with the call's id"));
                break;
            default:
                if (refusal.fault() instanceof Fault.Auth forbidden) {
                    vitals.failed(forbidden);
                }
                leaving.forEach(w -> w.each(new Answer.Refused(refusal)));
        }
    }

    /** 1, 2, 4 … 30 s; the portal is not asked again before. */
    private Duration backOff() {
        Duration grown = Duration.ofSeconds(1L << Math.min(refusedInARow++, 5));
        return grown.compareTo(LONGEST_BACK_OFF) < 0 ? grown : LONGEST_BACK_OFF;
    }

    private void exhausted(String method) {
        Instant now = clock.instant();
        Duration left = Duration.between(now, resets.getOrDefault(method, now));
        boolean plausible = !left.isNegative() && !left.isZero() && left.toMinutes() <= 10;
        departures.pause(method, nanos.getAsLong() + (plausible ? left : METHOD_PAUSE).toNanos());
    }

    private void learn(Envelope.Spent spent) {
        departures.costs().learn(spent.method(), spent.seconds());
        departures.operating().learn(spent, nanos.getAsLong());
        if (spent.resetAt() > 0) {
            resets.put(spent.method(), Instant.ofEpochSecond(spent.resetAt()));
        }
    }

    private void learn(Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            Bitrix24Refusal refusal = Bitrix24Refusal.of(refused);
            if (refusal.kind() == Bitrix24Refusal.Kind.METHOD_EXHAUSTED) {
                exhausted(refusal.method());
            } else if (refusal.fault() instanceof Fault.Auth forbidden) {
                vitals.failed(forbidden);
            }
        }
    }
}
