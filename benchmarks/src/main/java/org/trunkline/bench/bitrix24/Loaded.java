package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.load.Arrivals;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.process.JsonHttp;

/** Live calls of known clients, as many as one portal bears. */
final class Loaded {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAPTURE = "inbound-answered";
    private static final long SEED = 1;

    private Loaded() {}

    /** What came of it. */
    record Outcome(Run run, Latencies cards) {}

    /** Plays calls at their own speed, as planned beforehand; returns when all is delivered. */
    static Outcome play(Firm firm, double perSecond, Duration length)
            throws IOException, InterruptedException {
        List<Arrivals.Arrival> plan = Arrivals.plan(perSecond, length, 1, SEED);
        firm.know(1, plan.size());
        firm.put(Firm.object().set("ledger", Firm.object().arrayNode()));
        List<String> clients = new ArrayList<>();
        List<Instant> due = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        Instant start = Instant.now();
        for (Arrivals.Arrival arrival : plan) {
            Instant at = start.plus(arrival.at());
            long wait = ChronoUnit.NANOS.between(Instant.now(), at);
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            String client = Firm.client(clients.size() + 1);
            clients.add(client);
            due.add(at);
            replies.add(firm.play(CAPTURE, client, 1));
        }
        List<Double> lags = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            HttpResponse<String> reply = JsonHttp.accepted(replies.get(i).join());
            JsonNode call = JSON.readTree(reply.body());
            Instant began = Instant.parse(call.path("startedAt").asText());
            lags.add(ChronoUnit.MICROS.between(due.get(i), began) / 1000.0);
        }
        firm.rest();
        Latencies cards =
                Latencies.noted(firm.stage().sandbox(), List.of(firm.feed()), clients, lags);
        return new Outcome(Run.of(firm.state(), plan.size()), cards);
    }
}
