package org.trunkline.store.internal;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;

/** Events for tests. */
record Told(String company, String account, String callKey) {

    static final Instant START = Instant.parse("2026-11-21T09:00:00.123Z");

    static Told of(String callKey) {
        return new Told("acme", "office", callKey);
    }

    CallEvent started() {
        return event(
                0,
                Optional.empty(),
                new Fact.Started(
                        Optional.of(Direction.INBOUND),
                        Optional.of(new PhoneNumber("+79161234567", "89161234567")),
                        Optional.of(new PhoneNumber("+74951000001", "4951000001"))));
    }

    CallEvent started(Instant at) {
        CallEvent some = started();
        return new CallEvent(
                company,
                account,
                callKey,
                some.legKey(),
                some.nativeId(),
                0,
                at,
                at,
                Confidence.LIVE,
                some.fact(),
                some.nativeText());
    }

    CallEvent ringing(String leg, String extension) {
        return event(1, Optional.of(leg), new Fact.LegRinging(extension));
    }

    CallEvent answered(String leg) {
        return event(3, Optional.of(leg), new Fact.LegAnswered());
    }

    CallEvent legEnded(String leg) {
        return event(8, Optional.of(leg), new Fact.LegEnded(LegResult.ANSWERED));
    }

    CallEvent ended() {
        return event(8, Optional.empty(), new Fact.Ended(Optional.empty()));
    }

    CallEvent merged(String into) {
        return event(5, Optional.empty(), new Fact.Merged(into));
    }

    CallEvent tagged(String name, String value) {
        return event(2, Optional.empty(), new Fact.Tagged(java.util.Map.of(name, value)));
    }

    /** An event so many seconds after {@link #START}; the seconds are its sequence, too. */
    CallEvent event(long second, Optional<String> leg, Fact fact) {
        return new CallEvent(
                company,
                account,
                callKey,
                leg,
                Optional.empty(),
                second,
                START.plusSeconds(second),
                START.plusSeconds(second),
                Confidence.LIVE,
                fact,
                "Event: native\r\nChannel: PJSIP/201-00000001\r\n");
    }

    static CallEvent withNativeId(CallEvent event, String id) {
        return new CallEvent(
                event.company(),
                event.account(),
                event.callKey(),
                event.legKey(),
                Optional.of(id),
                event.sequence(),
                event.occurredAt(),
                event.receivedAt(),
                event.confidence(),
                event.fact(),
                event.nativeText());
    }
}
