package org.trunkline.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The legs of a call as all its facts together make them. What needs the sight of several legs is
 * settled here and not where the facts come from, because they come in any order.
 */
final class LegList {

    /** Of a leg that only the closing record tells of. */
    private static final String REPORTED = "reported-";

    private final CallFold call;
    private final Map<String, LegFold> legs = new TreeMap<>();

    private LegList(CallFold call) {
        this.call = call;
        call.legs().forEach((key, leg) -> legs.merge(whole(key), leg, LegFold::and));
        legs.values().removeIf(leg -> !leg.isLeg());
        call.reported().forEach(this::fillGap);
    }

    /** In order of ringing. */
    static List<Leg> of(CallFold call) {
        LegList list = new LegList(call);
        return list.legs.entrySet().stream()
                .map(e -> list.leg(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparing(
                                        (Leg l) -> l.ringingAt().or(l::answeredAt),
                                        Comparator.comparing(at -> at.orElse(Instant.MAX)))
                                .thenComparing(Leg::key))
                .toList();
    }

    /** Key of the leg that a part belongs to. */
    private String whole(String key) {
        Set<String> seen = new HashSet<>();
        String whole = key;
        while (seen.add(whole) && call.continued().containsKey(whole)) {
            whole = call.continued().get(whole).value();
        }
        return whole;
    }

    private void fillGap(String extension, Known<Boolean> talked) {
        Comparator<Map.Entry<String, LegFold>> lateness =
                Comparator.comparing((Map.Entry<String, LegFold> e) -> e.getValue().since())
                        .thenComparing(Map.Entry::getKey);
        List<Map.Entry<String, LegFold>> own =
                legs.entrySet().stream().filter(e -> isOf(extension, e.getValue())).toList();
        if (own.isEmpty()) {
            legs.put(REPORTED + extension, reported(extension, talked, talked.at()));
        } else if (talked.value()
                && own.stream().allMatch(e -> e.getValue().answeredAt() == null)) {
            Map.Entry<String, LegFold> last = own.stream().max(lateness).orElseThrow();
            Instant rang = last.getValue().since();
            Instant at = rang.isAfter(talked.at()) ? rang : talked.at();
            legs.put(last.getKey(), last.getValue().and(reported(extension, talked, at)));
        }
    }

    private static boolean isOf(String extension, LegFold leg) {
        return leg.extension() != null && leg.extension().value().equals(extension);
    }

    /** Of ringing and extension what was heard live stands. */
    private static LegFold reported(String extension, Known<Boolean> talked, Instant at) {
        Known<Instant> then = new Known<>(at, Confidence.POLLED, at);
        return new LegFold(
                new Known<>(extension, Confidence.POLLED, at),
                then,
                talked.value() ? then : null,
                null,
                null,
                null,
                null);
    }

    /** Only who talked to the client can hand the client over. */
    private Leg leg(String key, LegFold fold) {
        Leg leg = fold.leg(key, call.endedAt());
        Optional<String> from =
                leg.transferredFrom()
                        .map(this::whole)
                        .filter(source -> !source.equals(key))
                        .filter(legs::containsKey)
                        .filter(source -> legs.get(source).answeredAt() != null);
        return new Leg(
                leg.key(),
                leg.extension(),
                leg.ringingAt(),
                leg.answeredAt(),
                leg.endedAt(),
                leg.result(),
                from,
                from.flatMap(source -> leg.transfer()));
    }
}
