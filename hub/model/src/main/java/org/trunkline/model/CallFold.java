package org.trunkline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges the events of one call by fact. The outcome does not depend on their order, and an event
 * that comes twice changes nothing (design, "The neutral call"), so a PBX that repeats itself after
 * a reconnect does no harm.
 *
 * <p>Immutable; stored as JSON between events.
 */
public record CallFold(
        String company,
        String account,
        String key,
        Instant firstHeard,
        Known<Direction> direction,
        Known<PhoneNumber> client,
        Known<PhoneNumber> line,
        Known<Instant> startedAt,
        Known<Instant> endedAt,
        Known<CallResult> result,
        Known<String> mergedInto,
        Map<String, LegFold> legs,
        Map<String, Known<String>> continued,
        Map<String, Known<Boolean>> reported,
        Map<String, Recording> recordings,
        Map<String, Known<String>> attributes) {

    /** Calls stored by an earlier version lack what it did not know. */
    public CallFold {
        continued = continued == null ? Map.of() : continued;
        reported = reported == null ? Map.of() : reported;
    }

    /** A call of which nothing was heard yet: {@link #call()} needs at least one event. */
    public static CallFold of(String company, String account, String key) {
        return new CallFold(
                company, account, key, null, null, null, null, null, null, null, null, Map.of(),
                Map.of(), Map.of(), Map.of(), Map.of());
    }

    /**
     * This call with one more event.
     *
     * @throws IllegalArgumentException if the event belongs to another call
     */
    public CallFold with(CallEvent event) {
        if (!(event.company().equals(company)
                && event.account().equals(account)
                && event.callKey().equals(key))) {
            throw new IllegalArgumentException("event of another call: " + event.callKey());
        }
        return new Draft(this).hear(event).done();
    }

    /** The call as it stands. */
    public Call call() {
        List<Leg> inOrder = LegList.of(this);
        Optional<Instant> answered =
                inOrder.stream()
                        .flatMap(l -> l.answeredAt().stream())
                        .min(Comparator.naturalOrder());
        Optional<Instant> ended = Optional.ofNullable(endedAt).map(Known::value);
        CallState state =
                ended.isPresent()
                        ? CallState.ENDED
                        : answered.isPresent() ? CallState.TALKING : CallState.RINGING;
        return new Call(
                company,
                account,
                key,
                Optional.ofNullable(direction).map(Known::value),
                Optional.ofNullable(client).map(Known::value),
                Optional.ofNullable(line).map(Known::value),
                state,
                ended.map(at -> outcome(inOrder, answered.isPresent())),
                startedAt == null ? firstHeard : startedAt.value(),
                answered,
                ended,
                talkSeconds(inOrder),
                inOrder,
                List.copyOf(recordings.values()),
                values(attributes),
                Optional.ofNullable(mergedInto).map(Known::value));
    }

    /**
     * Talk decides, whatever a single leg says: an answered call never turns into a missed one by a
     * late hang-up of another leg (field lesson, MikoPBX-B24).
     */
    private CallResult outcome(List<Leg> inOrder, boolean answered) {
        if (result != null && result.confidence() == Confidence.FINAL) {
            return result.value();
        }
        if (answered) {
            return CallResult.ANSWERED;
        }
        if (result != null && result.value() != CallResult.ANSWERED) {
            return result.value();
        }
        boolean allBusy =
                !inOrder.isEmpty()
                        && inOrder.stream()
                                .allMatch(l -> l.result().equals(Optional.of(LegResult.BUSY)));
        return allBusy ? CallResult.BUSY : CallResult.MISSED;
    }

    /** Overlapping talks (a conference, a consultation's hand-over) count once. */
    private static long talkSeconds(List<Leg> inOrder) {
        Duration talked = Duration.ZERO;
        Instant until = Instant.MIN;
        List<Leg> talks =
                inOrder.stream()
                        .filter(l -> l.answered() && l.ended())
                        .sorted(Comparator.comparing(l -> l.answeredAt().orElseThrow()))
                        .toList();
        for (Leg talk : talks) {
            Instant from = talk.answeredAt().orElseThrow();
            Instant to = talk.endedAt().orElseThrow();
            Instant counted = from.isAfter(until) ? from : until;
            if (to.isAfter(counted)) {
                talked = talked.plus(Duration.between(counted, to));
                until = to;
            }
        }
        return talked.toSeconds();
    }

    /** Of two tellings of one recording always the same one. */
    private static Recording first(Recording a, Recording b) {
        Comparator<Recording> order =
                Comparator.comparing(Recording::source)
                        .thenComparing(r -> r.legKey().isEmpty())
                        .thenComparing(r -> r.legKey().orElse(""));
        return order.compare(a, b) <= 0 ? a : b;
    }

    private static Map<String, String> values(Map<String, Known<String>> known) {
        Map<String, String> values = new TreeMap<>();
        known.forEach((name, value) -> values.put(name, value.value()));
        return values;
    }

    /** The mutable inside of {@link #with}. */
    private static final class Draft {
        private final CallFold was;
        private Known<Direction> direction;
        private Known<PhoneNumber> client;
        private Known<PhoneNumber> line;
        private Known<Instant> startedAt;
        private Known<Instant> endedAt;
        private Known<CallResult> result;
        private Known<String> mergedInto;
        private Instant firstHeard;
        private final Map<String, LegFold> legs;
        private final Map<String, Known<String>> continued;
        private final Map<String, Known<Boolean>> reported;
        private final Map<String, Recording> recordings;
        private final Map<String, Known<String>> attributes;

        Draft(CallFold was) {
            this.was = was;
            direction = was.direction;
            client = was.client;
            line = was.line;
            startedAt = was.startedAt;
            endedAt = was.endedAt;
            result = was.result;
            mergedInto = was.mergedInto;
            firstHeard = was.firstHeard;
            legs = new TreeMap<>(was.legs);
            continued = new TreeMap<>(was.continued);
            reported = new TreeMap<>(was.reported);
            recordings = new TreeMap<>(was.recordings);
            attributes = new TreeMap<>(was.attributes);
        }

        Draft hear(CallEvent event) {
            Confidence sure = event.confidence();
            Instant at = event.occurredAt();
            if (firstHeard == null || at.isBefore(firstHeard)) {
                firstHeard = at;
            }
            Fact fact = event.fact();
            if (fact instanceof Fact.Started s) {
                startedAt = Known.merge(startedAt, new Known<>(at, sure, at));
                s.direction()
                        .ifPresent(
                                d -> direction = Known.merge(direction, new Known<>(d, sure, at)));
                s.client().ifPresent(n -> client = Known.merge(client, new Known<>(n, sure, at)));
                s.line().ifPresent(n -> line = Known.merge(line, new Known<>(n, sure, at)));
            } else if (fact instanceof Fact.Ended e) {
                endedAt = Known.merge(endedAt, new Known<>(at, sure, at));
                e.result().ifPresent(r -> result = Known.merge(result, new Known<>(r, sure, at)));
            } else if (fact instanceof Fact.Merged m) {
                mergedInto = Known.merge(mergedInto, new Known<>(m.intoCallKey(), sure, at));
            } else if (fact instanceof Fact.Continues c) {
                event.legKey()
                        .ifPresent(
                                leg ->
                                        continued.merge(
                                                leg, new Known<>(c.leg(), sure, at), Known::or));
            } else if (fact instanceof Fact.Reported r) {
                reported.merge(r.extension(), new Known<>(r.talked(), sure, at), Known::or);
            } else if (fact instanceof Fact.RecordingReady r) {
                recordings.merge(
                        r.id(), new Recording(r.id(), r.source(), event.legKey()), CallFold::first);
            } else if (fact instanceof Fact.Tagged t) {
                t.attributes()
                        .forEach(
                                (name, value) ->
                                        attributes.merge(
                                                name,
                                                new Known<>(value, sure, at),
                                                Known::orLater));
            } else if (fact instanceof Fact.TranscriptReady t) {
                attributes.merge(Call.TRANSCRIPT, new Known<>(t.text(), sure, at), Known::or);
            } else if (!(fact instanceof Fact.Held || fact instanceof Fact.CommandResult)) {
                // Nothing that rings or talks may come into being by a hold or a command's outcome.
                event.legKey()
                        .ifPresent(
                                leg ->
                                        legs.put(
                                                leg,
                                                legs.getOrDefault(leg, LegFold.NEW).hear(event)));
            }
            return this;
        }

        CallFold done() {
            return new CallFold(
                    was.company,
                    was.account,
                    was.key,
                    firstHeard,
                    direction,
                    client,
                    line,
                    startedAt,
                    endedAt,
                    result,
                    mergedInto,
                    legs,
                    continued,
                    reported,
                    recordings,
                    attributes);
        }
    }
}
