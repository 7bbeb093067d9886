package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/** Rows of contacts, companies, leads and customers as the API shows them. */
final class EntityRow {
    private static final List<String> COMMON =
            List.of(
                    "name",
                    "first_name",
                    "last_name",
                    "responsible_user_id",
                    "created_by",
                    "updated_by",
                    "created_at",
                    "updated_at",
                    "price",
                    "status_id",
                    "pipeline_id",
                    "loss_reason_id",
                    "closed_at");

    /** Won and lost, in every pipeline. */
    static final Set<Integer> CLOSED = Set.of(142, 143);

    private EntityRow() {}

    /** Complaints about the fields every kind of entity has. */
    static void check(Validation.Item item, AmoPortal portal, EntityType type) {
        item.text("name", "first_name", "last_name");
        item.whole("price", "status_id", "pipeline_id", "created_at", "updated_at", "closed_at");
        item.user(portal, false, "responsible_user_id");
        item.user(portal, true, "created_by");
        item.user(portal, true, "updated_by");
        CustomFields.check(item, portal, type);
    }

    static ObjectNode fresh(
            AmoPortal portal, EntityType type, ObjectNode given, String user, boolean unsorted) {
        long now = portal.now().getEpochSecond();
        long by = Long.parseLong(user);
        ObjectNode row = Json.object().put("name", "");
        if (type == EntityType.CONTACTS) {
            row.put("first_name", "").put("last_name", "");
        }
        row.put("responsible_user_id", by).put("group_id", 0);
        if (type == EntityType.LEADS) {
            row.put("price", 0);
            Pipelines.place(portal, row, given, unsorted);
            row.putNull("loss_reason_id").putNull("closed_at");
            row.putNull("score").putNull("labor_cost");
        }
        row.put("created_by", by)
                .put("updated_by", by)
                .put("created_at", now)
                .put("updated_at", now)
                .putNull("closest_task_at");
        row.put("is_deleted", false);
        if (type == EntityType.CONTACTS || type == EntityType.COMPANIES) {
            row.put("is_unsorted", unsorted);
        }
        row.putNull("custom_fields_values").put("account_id", portal.accountId());
        row.putObject("_embedded").putArray("tags");
        // In Unsorted the status that was asked for does not count.
        write(portal, type, row, unsorted ? given.deepCopy().without("status_id") : given);
        return row;
    }

    /** Writes the given fields over the row; unknown ones are passed over, as the vendor does. */
    static void write(AmoPortal portal, EntityType type, ObjectNode row, JsonNode given) {
        for (String field : COMMON) {
            if (row.has(field) && given.has(field)) {
                row.set(field, given.get(field));
            }
        }
        if (type == EntityType.CONTACTS && Json.text(row, "name").isBlank()) {
            String name = Json.text(row, "first_name") + " " + Json.text(row, "last_name");
            row.put("name", name.strip());
        }
        if (type == EntityType.LEADS && row.path("closed_at").isNull() && isClosed(row)) {
            row.put("closed_at", portal.now().getEpochSecond());
        }
        if (given.path("custom_fields_values").isArray()) {
            CustomFields.write(portal, type, row, given.get("custom_fields_values"));
        }
        tags(row, given);
    }

    static boolean isClosed(JsonNode lead) {
        return CLOSED.contains(lead.path("status_id").asInt());
    }

    static boolean isDeleted(JsonNode row) {
        return row.path("is_deleted").asBoolean();
    }

    /** Whether searches see it: nothing deleted, nothing that waits in Unsorted. */
    static boolean isVisible(AmoPortal portal, EntityType type, JsonNode row) {
        return !isDeleted(row)
                && !row.path("is_unsorted").asBoolean()
                && (type != EntityType.LEADS || !Pipelines.isUnsorted(portal, row));
    }

    /** A row put by hand: {@code phone} and {@code email} may be plain text. */
    static ObjectNode seeded(AmoPortal portal, EntityType type, ObjectNode given) {
        ArrayNode values = Json.array();
        given.path("custom_fields_values").forEach(values::add);
        for (String code : List.of("phone", "email")) {
            if (given.hasNonNull(code)) {
                values.add(CustomFields.value(code.toUpperCase(), given.get(code).asText()));
            }
        }
        ObjectNode whole = given.deepCopy();
        whole.remove(List.of("phone", "email"));
        whole.set("custom_fields_values", values);
        ObjectNode row = fresh(portal, type, whole, portal.admin(), false);
        for (String field : List.of("id", "is_deleted", "is_unsorted")) {
            if (given.has(field)) {
                row.set(field, given.get(field));
            }
        }
        return row;
    }

    private static void tags(ObjectNode row, JsonNode given) {
        ObjectNode embedded = (ObjectNode) row.get("_embedded");
        ArrayNode tags = (ArrayNode) embedded.get("tags");
        JsonNode whole = given.path("_embedded").path("tags");
        if (whole.isArray() || whole.isNull()) {
            tags.removeAll();
            whole.forEach(tag -> add(tags, tag));
        }
        given.path("tags_to_add").forEach(tag -> add(tags, tag));
        for (JsonNode gone : given.path("tags_to_delete")) {
            for (int i = tags.size() - 1; i >= 0; i--) {
                if (same(tags.get(i), gone)) {
                    tags.remove(i);
                }
            }
        }
    }

    private static void add(ArrayNode tags, JsonNode tag) {
        for (JsonNode has : tags) {
            if (same(has, tag)) {
                return;
            }
        }
        String name = Json.text(tag, "name");
        tags.addObject()
                .put("id", tag.path("id").asLong(Math.abs((long) name.hashCode())))
                .put("name", name)
                .putNull("color");
    }

    private static boolean same(JsonNode tag, JsonNode other) {
        return other.has("name")
                ? Json.text(tag, "name").equals(Json.text(other, "name"))
                : Json.text(tag, "id").equals(Json.text(other, "id"));
    }
}
