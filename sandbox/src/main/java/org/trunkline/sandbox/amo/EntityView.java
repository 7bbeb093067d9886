package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/** An entity as answers show it: links by ids alone, and only those asked for by {@code with}. */
final class EntityView {
    private EntityView() {}

    static ObjectNode of(AmoPortal portal, EntityType type, ObjectNode row, Set<String> with) {
        String id = row.path("id").asText();
        ObjectNode out = row.deepCopy();
        Hal.self(portal, out, type.path() + "/" + id);
        ObjectNode embedded = (ObjectNode) out.get("_embedded");
        if (type != EntityType.COMPANIES) {
            embedded.set("companies", linked(portal, type, id, EntityType.COMPANIES));
        }
        for (EntityType other : EntityType.values()) {
            if (other != type && with.contains(other.path())) {
                embedded.set(other.path(), linked(portal, type, id, other));
            }
        }
        return out;
    }

    /** {@code [{"id","_links"}]} of everything of one kind that is linked. */
    static ArrayNode linked(AmoPortal portal, EntityType type, String id, EntityType other) {
        ArrayNode out = Json.array();
        for (String otherId : portal.links().of(type, id, other)) {
            portal.entities(other)
                    .get(otherId)
                    .filter(row -> !EntityRow.isDeleted(row))
                    .ifPresent(row -> out.add(link(portal, type, id, other, otherId)));
        }
        return out;
    }

    private static ObjectNode link(
            AmoPortal portal, EntityType type, String id, EntityType other, String otherId) {
        ObjectNode out = Json.object().put("id", Long.parseLong(otherId));
        if (type == EntityType.LEADS && other == EntityType.CONTACTS) {
            out.put("is_main", portal.links().isMain(id, otherId));
        }
        return Hal.self(portal, out, other.path() + "/" + otherId);
    }
}
