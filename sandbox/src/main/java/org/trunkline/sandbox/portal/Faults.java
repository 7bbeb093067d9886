package org.trunkline.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;

/** What the portal was told to do wrong, until when, to whom and how often. */
public final class Faults {
    private static final Set<String> KINDS =
            Set.of(
                    "down",
                    "status",
                    "slow",
                    "reset",
                    "lostReply",
                    "errorAfterCommit",
                    "expireToken",
                    "revokeToken",
                    "error",
                    "invalidJson",
                    "html",
                    "slowLoris",
                    "halfReply");

    /**
     * @param method lower case; "" = every one
     * @param document the fault as it was posted
     */
    public record Fault(
            String kind, String method, double probability, Instant until, JsonNode document) {
        public int status(int otherwise) {
            return document.path("status").asInt(otherwise);
        }

        public Duration seconds(double otherwise) {
            return Duration.ofMillis((long) (document.path("seconds").asDouble(otherwise) * 1000));
        }

        public String text(String name, String otherwise) {
            return document.path(name).asText(otherwise);
        }
    }

    private final List<Fault> active = new ArrayList<>();
    private final Map<String, Integer> struck = new TreeMap<>();
    private final RandomGenerator random;

    public Faults(RandomGenerator random) {
        this.random = random;
    }

    /** Arms a fault. Without {@code forSeconds} it lasts until it is deleted. */
    public synchronized Fault add(JsonNode document, Instant now) {
        String kind = document.path("kind").asText();
        if (!KINDS.contains(kind)) {
            throw new BadRequest("/kind: \"" + kind + "\" is none of " + KINDS);
        }
        double probability = document.path("probability").asDouble(1);
        if (probability < 0 || probability > 1) {
            throw new BadRequest("/probability: give a number from 0 to 1");
        }
        Instant until =
                document.has("forSeconds")
                        ? now.plusMillis((long) (document.get("forSeconds").asDouble() * 1000))
                        : Instant.MAX;
        String method = document.path("method").asText().toLowerCase(Locale.ROOT);
        Fault fault = new Fault(kind, method, probability, until, document.deepCopy());
        active.add(fault);
        return fault;
    }

    public synchronized void clear() {
        active.clear();
    }

    public synchronized void clearKind(String kind) {
        active.removeIf(fault -> fault.kind().equals(kind));
    }

    /** The first armed fault of one of the kinds that strikes a request with these methods. */
    public synchronized Optional<Fault> strike(
            Set<String> kinds, Collection<String> methods, Instant now) {
        active.removeIf(fault -> !fault.until().isAfter(now));
        Optional<Fault> strikes =
                active.stream()
                        .filter(fault -> kinds.contains(fault.kind()))
                        .filter(
                                fault ->
                                        fault.method().isEmpty()
                                                || methods.contains(fault.method()))
                        .filter(fault -> random.nextDouble() < fault.probability())
                        .findFirst();
        strikes.ifPresent(fault -> struck.merge(fault.text("name", fault.kind()), 1, Integer::sum));
        return strikes;
    }

    /** How often each fault struck, by the name it was posted with, else by its kind. */
    public synchronized ObjectNode struck() {
        ObjectNode out = Json.object();
        struck.forEach(out::put);
        return out;
    }

    public synchronized ArrayNode documents(Instant now) {
        active.removeIf(fault -> !fault.until().isAfter(now));
        ArrayNode out = Json.array();
        active.forEach(fault -> out.add(fault.document()));
        return out;
    }
}
