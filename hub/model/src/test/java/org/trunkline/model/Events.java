package org.trunkline.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events of one call for tests; times in seconds after {@link #START}. */
final class Events {

    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private Events() {}

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    static CallEvent of(double seconds, Fact fact) {
        return event(seconds, Confidence.LIVE, Optional.empty(), fact);
    }

    static CallEvent leg(double seconds, String leg, Fact fact) {
        return event(seconds, Confidence.LIVE, Optional.of(leg), fact);
    }

    static CallEvent event(double seconds, Confidence confidence, Optional<String> leg, Fact fact) {
        return new CallEvent(
                "acme",
                "office",
                "1795290262.0",
                leg,
                Optional.empty(),
                0,
                at(seconds),
                at(seconds),
                confidence,
                fact,
                "Event: " + fact.getClass().getSimpleName());
    }

    static CallFold fold(List<CallEvent> events) {
        CallFold fold = CallFold.of("acme", "office", "1795290262.0");
        for (CallEvent event : events) {
            fold = fold.with(event);
        }
        return fold;
    }

    static Call call(CallEvent... events) {
        return fold(List.of(events)).call();
    }
}
