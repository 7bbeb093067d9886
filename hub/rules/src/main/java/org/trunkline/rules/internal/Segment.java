package org.trunkline.rules.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Outcome;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;

/**
 * What becomes one record in the CRM: the call up to its first transfer, or what one transfer led
 * to (rules M4, X1). A transfer to a group is one segment with several legs.
 *
 * @param key {@link CallRecord#MAIN}, or the key of the leg that handed the call over
 * @param legs in order of ringing; only the first segment may have none
 */
public record Segment(Call call, String key, List<Leg> legs) {

    /** The segments of a call, in order. */
    public static List<Segment> of(Call call) {
        Map<String, List<Leg>> bySource = new LinkedHashMap<>();
        bySource.put(CallRecord.MAIN, new ArrayList<>());
        for (Leg leg : call.legs()) {
            String source = leg.transferredFrom().orElse(CallRecord.MAIN);
            String key =
                    anotherTry(call, leg, bySource.getOrDefault(source, List.of()))
                            ? source + "-" + leg.key()
                            : source;
            bySource.computeIfAbsent(key, k -> new ArrayList<>()).add(leg);
        }
        return bySource.entrySet().stream()
                .map(e -> new Segment(call, e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }

    /**
     * A transfer that nobody took came back, and the same leg handed the client over once more: it
     * went on after all whom the first transfer rang were gone (X1). A queue rings one after
     * another, too, but who handed over to it is gone before.
     */
    private static boolean anotherTry(Call call, Leg leg, List<Leg> earlier) {
        Optional<Instant> back = leg.transferredFrom().flatMap(call::leg).flatMap(Leg::endedAt);
        return !earlier.isEmpty()
                && back.isPresent()
                && earlier.stream()
                        .allMatch(
                                e -> e.endedAt().filter(at -> at.isBefore(back.get())).isPresent());
    }

    public boolean main() {
        return key.equals(CallRecord.MAIN);
    }

    public boolean inbound() {
        return call.is(Direction.INBOUND);
    }

    public Instant startedAt() {
        return main()
                ? call.startedAt()
                : legs.get(0)
                        .ringingAt()
                        .or(() -> legs.get(0).answeredAt())
                        .orElse(call.startedAt());
    }

    /** Those who talked to the client, in the order in which they began to. */
    public List<Leg> talkers() {
        return talkers(legs);
    }

    static List<Leg> talkers(List<Leg> legs) {
        return legs.stream()
                .filter(Leg::answered)
                .sorted(Comparator.comparing(leg -> leg.answeredAt().orElseThrow()))
                .toList();
    }

    /** Talk that ended with a transfer is over though the call goes on. */
    public boolean over() {
        return call.ended() || !talkers().isEmpty() && legs.stream().allMatch(Leg::ended);
    }

    /** When it was over; empty while it goes on. */
    public Optional<Instant> endedAt() {
        if (!over()) {
            return Optional.empty();
        }
        return talkers().stream()
                .flatMap(leg -> leg.endedAt().stream())
                .max(Comparator.naturalOrder())
                .or(call::endedAt);
    }

    /** Empty while it goes on. */
    public Optional<Outcome> outcome(String user) {
        if (!over()) {
            return Optional.empty();
        }
        long seconds = talkers().stream().mapToLong(Leg::talkSeconds).sum();
        return Optional.of(new Outcome(user, seconds, result()));
    }

    private CallResult result() {
        if (!talkers().isEmpty()) {
            return CallResult.ANSWERED;
        }
        if (main()) {
            return call.result().filter(r -> r != CallResult.ANSWERED).orElse(CallResult.MISSED);
        }
        boolean busy = legs.stream().allMatch(l -> l.result().equals(Optional.of(LegResult.BUSY)));
        return busy ? CallResult.BUSY : CallResult.MISSED;
    }
}
