package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;

/** Bodies of webhooks: urlencoded, in the names of the old API. */
final class WebhookBody {
    private static final Map<String, String> OLD_NAMES =
            Map.of(
                    "created_at", "date_create",
                    "updated_at", "last_modified",
                    "created_by", "created_user_id",
                    "updated_by", "modified_user_id");

    private WebhookBody() {}

    /** {@code leads[status][0][…]=…&account[…]=…}; companies come as contacts. */
    static String of(AmoPortal portal, String list, String action, ObjectNode item) {
        ObjectNode body = Json.object();
        body.putObject(list).putArray(action).add(item);
        ObjectNode account = body.putObject("account");
        account.put("subdomain", portal.account().path("subdomain").asText());
        account.put("id", Long.toString(portal.accountId()));
        account.putObject("_links").put("self", portal.address());
        return PhpParams.encode(body);
    }

    /** Under which name lists of that kind travel. */
    static String list(EntityType type) {
        return type == EntityType.COMPANIES ? EntityType.CONTACTS.path() : type.path();
    }

    static ObjectNode entity(AmoPortal portal, EntityType type, JsonNode row) {
        ObjectNode out = Json.object();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                out.put(field.getKey(), field.getValue().asText());
            }
        }
        OLD_NAMES.forEach((now, before) -> out.put(before, row.path(now).asText()));
        ArrayNode fields = Json.array();
        row.path("custom_fields_values").forEach(field -> fields.add(field(field)));
        if (!fields.isEmpty()) {
            out.set("custom_fields", fields);
        }
        if (type == EntityType.CONTACTS || type == EntityType.COMPANIES) {
            out.put("type", type.singular());
            ObjectNode leads = Json.object();
            for (String id : portal.links().of(type, row.path("id").asText(), EntityType.LEADS)) {
                leads.putObject(id).put("ID", id);
            }
            out.set("linked_leads_id", leads);
        }
        return out;
    }

    private static ObjectNode field(JsonNode field) {
        ObjectNode out = Json.object();
        out.put("id", field.path("field_id").asText());
        out.put("name", field.path("field_name").asText());
        out.put("code", field.path("field_code").asText());
        ArrayNode values = out.putArray("values");
        for (JsonNode value : field.path("values")) {
            ObjectNode one = values.addObject().put("value", value.path("value").asText());
            if (value.has("enum_id")) {
                one.put("enum", value.path("enum_id").asText());
            }
        }
        return out;
    }

    static ObjectNode note(EntityType type, JsonNode row) {
        ObjectNode note =
                Json.object()
                        .put("id", row.path("id").asText())
                        .put("element_id", row.path("entity_id").asText())
                        .put("element_type", Integer.toString(type.number()))
                        .put("note_type", row.path("note_type").asText())
                        .put("date_create", row.path("created_at").asText())
                        .put("created_by", row.path("created_by").asText())
                        .put("text", Json.write(row.path("params")));
        ObjectNode out = Json.object();
        out.set("note", note);
        return out;
    }

    static ObjectNode task(JsonNode row) {
        EntityType type =
                EntityType.of(row.path("entity_type").asText()).orElse(EntityType.CONTACTS);
        return Json.object()
                .put("id", row.path("id").asText())
                .put("element_id", row.path("entity_id").asText())
                .put("element_type", Integer.toString(type.number()))
                .put("task_type", row.path("task_type_id").asText())
                .put("text", row.path("text").asText())
                .put("status", row.path("is_completed").asBoolean() ? "1" : "0")
                .put("responsible_user_id", row.path("responsible_user_id").asText());
    }
}
