package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.bench.Samples;
import org.trunkline.bench.process.JsonHttp;

/**
 * From ring to card.
 *
 * @param millis one a call whose card came
 * @param lagMillis one a call: how much later than planned the sandbox began it
 * @param missing calls whose card never came
 */
public record Latencies(List<Double> millis, List<Double> lagMillis, int missing) {
    private static final double MICROS_A_MILLI = 1000;

    public static final Latencies NONE = new Latencies(List.of(), List.of(), 0);

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

    /**
     * What the sandbox noted of calls: the earliest ring and the earliest card of each.
     *
     * @param clients numbers as the PBX writes them; no other call has them
     * @throws IOException if it never rang for one of them
     */
    public static Latencies noted(
            JsonHttp sandbox, List<Feed> feeds, List<String> clients, List<Double> lagMillis)
            throws IOException, InterruptedException {
        Map<String, Long> allRang = new HashMap<>();
        Map<String, Long> shown = new HashMap<>();
        for (Feed feed : feeds) {
            for (JsonNode ring :
                    sandbox.get("/sandbox/ami/" + feed.id() + "/_rings").path("items")) {
                allRang.merge(
                        ring.path("caller").asText(), ring.path("micros").asLong(), Math::min);
            }
            JsonNode state = sandbox.get(feed.portalPath() + "/_state");
            for (JsonNode request : state.path("ledger")) {
                for (JsonNode number : request.path("shows")) {
                    String client = number.asText().replaceAll("\\D", "");
                    shown.merge(client, request.path("micros").asLong(), Math::min);
                }
            }
        }
        Map<String, Long> rang = new HashMap<>();
        for (String client : clients) {
            Long at = allRang.get(client);
            if (at == null) {
                throw new IOException("the sandbox never rang for " + client);
            }
            rang.put(client, at);
        }
        return of(rang, shown, lagMillis);
    }

    public Latencies and(Latencies more) {
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

    /** As benchmarks tell them: {@code cardP50} and so on. */
    public Map<String, Double> figures() {
        Samples card = samples();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("cardP50", card.percentile(50));
        figures.put("cardP99", card.percentile(99));
        figures.put("cardLargest", card.largest());
        figures.put("cardsMissing", (double) missing);
        figures.put("generatorLateP99", Samples.of(lagMillis).percentile(99));
        return figures;
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        List<Double> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
