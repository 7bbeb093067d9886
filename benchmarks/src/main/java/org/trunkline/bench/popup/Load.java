package org.trunkline.bench.popup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.load.Arrivals;
import org.trunkline.bench.load.Feed;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.process.JsonHttp;

/** Calls that the sandbox plays over real AMI sockets, and what it noted of them. */
final class Load {
    /** Calls a second at all feeds together. */
    static final double PER_SECOND = 20;

    /** Real calls that ring 201 first: talk, no answer, given up, a ring group. */
    private static final List<String> CAPTURES =
            List.of(
                    "inbound-answered",
                    "inbound-noanswer",
                    "inbound-caller-cancel",
                    "ringall-answered");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 100;

    /** After the last event for what the CRM is still to be told. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final JsonHttp sandbox;
    private int played;

    Load(JsonHttp sandbox) {
        this.sandbox = sandbox;
    }

    private record Planned(
            String client, Instant at, CompletableFuture<HttpResponse<String>> reply) {}

    /**
     * Plays calls as planned, then waits until all are over.
     *
     * @param seed of the plan
     */
    Latencies play(List<Feed> feeds, Duration length, long seed)
            throws IOException, InterruptedException {
        List<Planned> calls = begin(feeds, Arrivals.plan(PER_SECOND, length, feeds.size(), seed));
        List<Double> lags = new ArrayList<>();
        for (Planned call : calls) {
            lags.add(lag(call));
        }
        while (playing()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
        List<String> clients = calls.stream().map(Planned::client).toList();
        return Latencies.noted(sandbox, feeds, clients, lags);
    }

    private List<Planned> begin(List<Feed> feeds, List<Arrivals.Arrival> plan)
            throws InterruptedException {
        Instant start = Instant.now();
        List<Planned> calls = new ArrayList<>();
        for (Arrivals.Arrival arrival : plan) {
            Instant due = start.plus(arrival.at());
            long wait = ChronoUnit.NANOS.between(Instant.now(), due);
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            String capture = CAPTURES.get(played % CAPTURES.size());
            String client = String.format(Locale.ROOT, "7916%07d", ++played);
            String path = "/sandbox/ami/" + feeds.get(arrival.place()).id() + "/_play";
            JsonNode body =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("capture", capture)
                            .put("client", "+" + client);
            calls.add(new Planned(client, due, sandbox.post(path, body)));
        }
        return calls;
    }

    private static double lag(Planned call) throws IOException {
        HttpResponse<String> reply = JsonHttp.accepted(call.reply().join());
        Instant began = Instant.parse(JSON.readTree(reply.body()).path("startedAt").asText());
        return ChronoUnit.MICROS.between(call.at(), began) / 1000.0;
    }

    private boolean playing() throws IOException, InterruptedException {
        for (JsonNode pbx : sandbox.get("/sandbox/ami").path("items")) {
            if (!pbx.path("playing").isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
