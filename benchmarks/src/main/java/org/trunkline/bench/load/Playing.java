package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.trunkline.bench.process.JsonHttp;

/** Calls that the sandbox plays at their own speed, each begun when the plan says. */
public record Playing(List<Feed> feeds, List<Call> calls) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a call sounds like.
     *
     * @param client as the PBX writes the number
     */
    public record Ring(String capture, String client) {}

    /** A call that was asked for. */
    public record Call(String client, Instant due, CompletableFuture<HttpResponse<String>> reply) {}

    /**
     * Returns when the last call was asked for. None waits for what becomes of those before.
     *
     * @param rings by their place in the plan, from 0
     */
    public static Playing begun(
            JsonHttp sandbox,
            List<Feed> feeds,
            List<Arrivals.Arrival> plan,
            IntFunction<Ring> rings)
            throws InterruptedException {
        Instant start = Instant.now();
        List<Call> calls = new ArrayList<>();
        for (Arrivals.Arrival arrival : plan) {
            Instant due = start.plus(arrival.at());
            long wait = ChronoUnit.NANOS.between(Instant.now(), due);
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            Ring ring = rings.apply(calls.size());
            calls.add(
                    new Call(
                            ring.client(),
                            due,
                            feeds.get(arrival.place())
                                    .play(sandbox, ring.capture(), ring.client(), 1)));
        }
        return new Playing(feeds, List.copyOf(calls));
    }

    /**
     * Milliseconds by which each call began later than planned. Waits for the sandbox's replies.
     *
     * @throws IOException if one was refused
     */
    public List<Double> lags() throws IOException {
        List<Double> lags = new ArrayList<>();
        for (Call call : calls) {
            String reply = JsonHttp.accepted(call.reply().join()).body();
            Instant began = Instant.parse(JSON.readTree(reply).path("startedAt").asText());
            lags.add(ChronoUnit.MICROS.between(call.due(), began) / 1000.0);
        }
        return lags;
    }

    /** What the sandbox noted of them, once all are over. */
    public Latencies latencies(JsonHttp sandbox) throws IOException, InterruptedException {
        List<String> clients = calls.stream().map(Call::client).toList();
        return Latencies.noted(sandbox, feeds, clients, lags());
    }
}
