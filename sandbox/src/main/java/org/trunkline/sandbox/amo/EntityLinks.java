package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** {@code /link}, {@code /unlink}, {@code /links}, and what comes embedded in a new entity. */
final class EntityLinks {
    private EntityLinks() {}

    static Reply change(ApiCall call, boolean link) throws ApiFault {
        EntityType type = call.type();
        String id = call.argument(1);
        if (call.portal().entities(type).get(id).isEmpty()) {
            throw ApiFault.notFound();
        }
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("to_entity_id", "to_entity_type");
            Optional<EntityType> to = EntityType.of(Json.text(given, "to_entity_type"));
            if (to.isEmpty()) {
                item.noChoice("to_entity_type");
            } else if (call.portal().entities(to.get()).get(to(given)).isEmpty()) {
                item.noChoice("to_entity_id");
            }
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            EntityType to = EntityType.of(Json.text(item.row(), "to_entity_type")).orElseThrow();
            if (link) {
                call.portal().links().link(type, id, to, to(item.row()));
            } else {
                call.portal().links().unlink(type, id, to, to(item.row()));
            }
            out.add(shown(type, id, to, to(item.row())));
        }
        return link ? Hal.written(call, "links", out) : Reply.empty(204);
    }

    static Reply list(ApiCall call) throws ApiFault {
        List<ObjectNode> out = new ArrayList<>();
        for (EntityType to : EntityType.values()) {
            for (String other : call.portal().links().of(call.type(), call.argument(1), to)) {
                out.add(shown(call.type(), call.argument(1), to, other));
            }
        }
        return Hal.page(call, "links", out);
    }

    /** Complaints about embedded entities that are not there. */
    static void check(Validation.Item item, AmoPortal portal) {
        for (EntityType other : EntityType.values()) {
            JsonNode rows = item.at("_embedded." + other.path());
            for (int i = 0; i < rows.size(); i++) {
                String id = Json.text(rows.get(i), "id");
                if (portal.entities(other).get(id).filter(EntityLinks::alive).isEmpty()) {
                    item.noChoice("_embedded." + other.path() + "." + i + ".id");
                }
            }
        }
    }

    /** Links a new entity with what came embedded in it. */
    static void embedded(AmoPortal portal, EntityType type, JsonNode row, JsonNode given) {
        String id = row.path("id").asText();
        for (EntityType other : EntityType.values()) {
            for (JsonNode linked : given.path("_embedded").path(other.path())) {
                portal.links().link(type, id, other, Json.text(linked, "id"));
            }
        }
    }

    private static boolean alive(ObjectNode row) {
        return !EntityRow.isDeleted(row);
    }

    private static String to(JsonNode given) {
        return Json.text(given, "to_entity_id");
    }

    private static ObjectNode shown(EntityType type, String id, EntityType to, String toId) {
        return Json.object()
                .put("entity_id", Long.parseLong(id))
                .put("entity_type", type.path())
                .put("to_entity_id", Long.parseLong(toId))
                .put("to_entity_type", to.path())
                .putNull("metadata");
    }
}
