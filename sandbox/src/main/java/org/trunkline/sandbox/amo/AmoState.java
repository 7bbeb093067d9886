package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;

/** {@code _state}: all an account holds as one document, and the seeding of any part of it. */
final class AmoState {
    private static final Set<String> READ_ONLY =
            Set.of("name", "address", "faults", "struck", "sorted", "deliveries");

    private AmoState() {}

    static ObjectNode read(AmoPortal portal) {
        synchronized (portal) {
            ObjectNode out = Json.object();
            out.put("name", portal.name()).put("address", portal.address());
            ObjectNode account = out.set("account", portal.account().deepCopy());
            ((ObjectNode) account.get("account"))
                    .set("integration", portal.integration().document());
            out.set("users", portal.users().copy());
            out.set("pipelines", portal.pipelines().copy());
            ObjectNode fields = out.putObject("customFields");
            for (EntityType type : EntityType.values()) {
                out.set(type.path(), entities(portal, type));
                fields.set(type.path(), portal.fields(type).copy());
            }
            ArrayNode unsorted = out.putArray("unsorted");
            portal.unsorted()
                    .waiting()
                    .values()
                    .forEach(entry -> unsorted.add(Unsorted.shown(portal, entry)));
            ArrayNode sorted = out.putArray("sorted");
            portal.unsorted().sorted().forEach(entry -> sorted.add(entry.deepCopy()));
            out.set("notes", portal.notes().copy());
            out.set("tasks", portal.tasks().copy());
            out.set("calls", portal.calls().copy());
            out.set("webhooks", portal.webhooks().copy());
            out.set("deliveries", portal.hooks().documents());
            out.set("cards", portal.cards().deepCopy());
            out.set("ledger", portal.ledger().documents());
            out.set("faults", portal.faults().documents(portal.now()));
            out.set("struck", portal.faults().struck());
            knobs(portal, out);
            return out;
        }
    }

    private static void knobs(AmoPortal portal, ObjectNode out) {
        out.putObject("clock")
                .put("factor", portal.clock().factor())
                .put("offsetSeconds", portal.clock().offset().toSeconds());
        RateLimit.Rules rules = portal.rate().rules();
        out.putObject("rate")
                .put("enabled", rules.enabled())
                .put("perSecond", rules.perSecond())
                .put("blockAfter", rules.blockAfter())
                .put("blockSeconds", rules.blockFor().toMillis() / 1000.0)
                .put("refused", portal.rate().refused())
                .put("blocked", portal.rate().blocked());
        out.put("tokenSeconds", portal.tokens().life().toSeconds());
    }

    /** Rows with the ids of everything that is linked with them. */
    private static ArrayNode entities(AmoPortal portal, EntityType type) {
        ArrayNode out = portal.entities(type).copy();
        for (JsonNode row : out) {
            ObjectNode embedded = (ObjectNode) row.get("_embedded");
            for (EntityType other : EntityType.values()) {
                if (other != type) {
                    ArrayNode ids = embedded.putArray(other.path());
                    portal.links().of(type, row.path("id").asText(), other).stream()
                            .map(Long::parseLong)
                            .forEach(id -> ids.addObject().put("id", id));
                }
            }
        }
        return out;
    }

    /**
     * Replaces the parts that are given.
     *
     * @throws BadRequest naming the key that can't be taken; nothing has changed then but keys
     *     before it
     */
    static void write(AmoPortal portal, JsonNode given) {
        synchronized (portal) {
            List<EntityType> replaced = new ArrayList<>();
            for (EntityType type : EntityType.values()) {
                if (given.has(type.path())) {
                    replaced.add(type);
                    portal.links().forget(type);
                }
            }
            given.properties().forEach(part -> write(portal, part.getKey(), part.getValue()));
            replaced.forEach(type -> link(portal, type, given.get(type.path())));
        }
    }

    private static void link(AmoPortal portal, EntityType type, JsonNode given) {
        List<ObjectNode> rows = List.copyOf(portal.entities(type).all());
        for (int i = 0; i < rows.size(); i++) {
            EntityLinks.embedded(portal, type, rows.get(i), given.get(i));
        }
    }

    private static void write(AmoPortal portal, String key, JsonNode value) {
        switch (key) {
            case "account" -> account(portal, value);
            case "users" -> users(portal, value);
            case "pipelines" -> portal.pipelines().replace(value);
            case "customFields" ->
                    value.properties()
                            .forEach(
                                    part ->
                                            portal.fields(type(part.getKey()))
                                                    .replace(part.getValue()));
            case "contacts", "companies", "leads", "customers" ->
                    portal.entities(type(key)).replace(value);
            case "unsorted" -> portal.unsorted().replace(value);
            case "notes" -> portal.notes().replace(value);
            case "tasks" -> portal.tasks().replace(value);
            case "calls" -> portal.calls().replace(value);
            case "webhooks" -> portal.webhooks().replace(value);
            case "cards" -> portal.cards().removeAll();
            case "ledger" -> portal.ledger().clear();
            case "clock" -> clock(portal, value);
            case "rate" -> rate(portal, value);
            case "tokenSeconds" -> portal.tokens().live(Duration.ofSeconds(value.asLong()));
            default -> {
                if (!READ_ONLY.contains(key)) {
                    throw new BadRequest("/" + key + ": no such part of an account's state");
                }
            }
        }
    }

    /** Without rights a user is active and may everything, and is no administrator. */
    private static void users(AmoPortal portal, JsonNode given) {
        portal.users().replace(given);
        for (ObjectNode user : portal.users().all()) {
            if (!user.has("rights")) {
                user.putObject("rights")
                        .put("is_admin", user.path("id").asText().equals(portal.admin()))
                        .put("is_active", true);
            }
        }
    }

    private static EntityType type(String name) {
        return EntityType.of(name)
                .orElseThrow(() -> new BadRequest("/" + name + ": no such kind of entity"));
    }

    private static void account(AmoPortal portal, JsonNode given) {
        if (given.has("integration")) {
            portal.integration().configure(given.get("integration"));
        }
        ObjectNode rest = given.deepCopy();
        rest.remove("integration");
        portal.account().setAll(rest);
    }

    private static void clock(AmoPortal portal, JsonNode value) {
        // "a factor in _state.clock": the bare number is taken as well.
        if (value.isNumber()) {
            portal.clock().scale(value.asDouble());
            return;
        }
        portal.clock().scale(value.path("factor").asDouble(portal.clock().factor()));
        long offset = portal.clock().offset().toSeconds();
        portal.clock().shift(Duration.ofSeconds(value.path("offsetSeconds").asLong(offset)));
    }

    private static void rate(AmoPortal portal, JsonNode value) {
        RateLimit.Rules old = portal.rate().rules();
        double seconds = value.path("blockSeconds").asDouble(old.blockFor().toMillis() / 1000.0);
        portal.rate()
                .rules(
                        new RateLimit.Rules(
                                value.path("enabled").asBoolean(old.enabled()),
                                value.path("perSecond").asInt(old.perSecond()),
                                value.path("blockAfter").asInt(old.blockAfter()),
                                Duration.ofMillis((long) (seconds * 1000))));
    }
}
