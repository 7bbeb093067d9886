package org.trunkline.sandbox.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Micros;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;

/** Every request the portal got, the oldest forgotten first. */
public final class Ledger {
    private static final int LIMIT = 100_000;

    /**
     * @param status 0 = no reply was sent
     * @param at when the whole request had arrived, before it cost anything
     * @param commands names of the methods: several for a batch
     * @param shows numbers whose cards it asked for
     */
    private record Entry(
            Instant at,
            String method,
            int status,
            List<String> commands,
            List<String> shows,
            String source,
            Duration took) {
        ObjectNode document() {
            ObjectNode out =
                    Json.object()
                            .put("at", PortalClock.stamp(at))
                            .put("method", method)
                            .put("status", status)
                            .put("commands", commands.size())
                            .put("source", source)
                            .put("millis", took.toMillis());
            ArrayNode names = out.putArray("names");
            commands.forEach(names::add);
            ArrayNode shown = out.put("micros", Micros.of(at)).putArray("shows");
            shows.forEach(shown::add);
            return out;
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final PortalClock clock;

    public Ledger(PortalClock clock) {
        this.clock = clock;
    }

    /** A request that asks for no card. */
    public void add(
            Instant start, String method, List<String> commands, Request request, Reply reply) {
        add(start, method, commands, List.of(), request, reply);
    }

    public synchronized void add(
            Instant start,
            String method,
            List<String> commands,
            List<String> shows,
            Request request,
            Reply reply) {
        boolean sent = !(reply.delivery() instanceof Reply.Delivery.Nothing);
        entries.add(
                new Entry(
                        start,
                        method,
                        sent ? reply.status() : 0,
                        commands.stream().map(String::intern).toList(),
                        shows,
                        request.remoteAddress(),
                        Duration.between(start, clock.now())));
        if (entries.size() > LIMIT) {
            entries.removeFirst();
        }
    }

    public synchronized ArrayNode documents() {
        ArrayNode out = Json.array();
        entries.forEach(entry -> out.add(entry.document()));
        return out;
    }

    public synchronized void clear() {
        entries.clear();
    }
}
