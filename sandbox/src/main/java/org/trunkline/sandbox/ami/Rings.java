package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Micros;

/**
 * When each telephone was rung, for those who measure what comes of it: the moment at which the
 * event was handed to the connections, so neither their queues nor a client that reads slowly makes
 * it later. The oldest are forgotten first.
 */
final class Rings {
    private static final int LIMIT = 20_000;

    private record Ring(Instant at, AmiMessage event) {
        ObjectNode document() {
            return Json.object()
                    .put("at", at.toString())
                    .put("micros", Micros.of(at))
                    .put("caller", event.text("CallerIDNum"))
                    .put("linkedid", event.text("Linkedid"))
                    .put("channel", event.text("DestChannel"));
        }
    }

    private final Deque<Ring> rings = new ArrayDeque<>();

    synchronized void see(AmiMessage event, Instant at) {
        if (event.isEvent("DialBegin")) {
            rings.add(new Ring(at, event));
            if (rings.size() > LIMIT) {
                rings.removeFirst();
            }
        }
    }

    synchronized ArrayNode documents() {
        ArrayNode out = Json.array();
        rings.forEach(ring -> out.add(ring.document()));
        return out;
    }
}
