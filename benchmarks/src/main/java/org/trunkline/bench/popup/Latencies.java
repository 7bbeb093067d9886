package org.trunkline.bench.popup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.bench.Samples;

/**
 * From ring to card.
 *
 * @param millis one a call whose card came
 * @param lagMillis one a call: how much later than planned the sandbox began it
 * @param missing calls whose card never came
 */
public record Latencies(List<Double> millis, List<Double> lagMillis, int missing) {
    private static final double MICROS_A_MILLI = 1000;

    static final Latencies NONE = new Latencies(List.of(), List.of(), 0);

    /**
     * Puts together what the sandbox noted, by the client's number.
     *
     * @param rang microseconds at which a call's first phone was rung; every call has one
     * @param shown microseconds at which the first request for its card had arrived
     */
    static Latencies of(Map<String, Long> rang, Map<String, Long> shown, List<Double> lagMillis) {
        List<Double> millis = new ArrayList<>();
        int missing = 0;
        for (Map.Entry<String, Long> call : rang.entrySet()) {
            Optional<Long> card = Optional.ofNullable(shown.get(call.getKey()));
            if (card.isPresent()) {
                millis.add((card.get() - call.getValue()) / MICROS_A_MILLI);
            } else {
                missing++;
            }
        }
        return new Latencies(List.copyOf(millis), List.copyOf(lagMillis), missing);
    }

    Latencies and(Latencies more) {
        return new Latencies(
                joined(millis, more.millis),
                joined(lagMillis, more.lagMillis),
                missing + more.missing);
    }

    public int calls() {
        return millis.size() + missing;
    }

    public Samples samples() {
        return Samples.of(millis);
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        List<Double> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
