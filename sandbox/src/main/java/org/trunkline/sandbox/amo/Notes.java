package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Notes on entities: calls, texts, messages. */
final class Notes {
    /** Types and the params they can't be without. */
    private static final Map<String, List<String>> TYPES =
            Map.of(
                    "common", List.of("text"),
                    "call_in", List.of("uniq", "duration", "source", "phone"),
                    "call_out", List.of("uniq", "duration", "source", "phone"),
                    "service_message", List.of("service", "text"),
                    "extended_service_message", List.of("service", "text"),
                    "message_cashier", List.of("status", "text"),
                    "geolocation", List.of("text", "longitude", "latitude"),
                    "sms_in", List.of("text", "phone"),
                    "sms_out", List.of("text", "phone"),
                    "attachment", List.of("file_uuid", "file_name"));

    private Notes() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "{entity}/notes", call -> list(call, Optional.empty()));
        routes.add("POST", "{entity}/notes", call -> create(call, Optional.empty()));
        routes.add("PATCH", "{entity}/notes", Notes::updateMany);
        routes.add("GET", "{entity}/notes/{id}", call -> one(call, call.argument(1)));
        routes.add("PATCH", "{entity}/notes/{id}", call -> updateOne(call, call.argument(1)));
        routes.add("GET", "{entity}/{id}/notes", call -> list(call, Optional.of(call.argument(1))));
        routes.add(
                "POST", "{entity}/{id}/notes", call -> create(call, Optional.of(call.argument(1))));
        routes.add("PATCH", "{entity}/{id}/notes", Notes::updateMany);
        routes.add("GET", "{entity}/{id}/notes/{id}", call -> one(call, call.argument(2)));
        routes.add("PATCH", "{entity}/{id}/notes/{id}", call -> updateOne(call, call.argument(2)));
    }

    private static Reply list(ApiCall call, Optional<String> entity) throws ApiFault {
        List<ObjectNode> found =
                new ArrayList<>(
                        call.portal().notes().all().stream()
                                .filter(row -> of(row, call.type()))
                                .filter(row -> entity.map(id -> on(row, id)).orElse(true))
                                .filter(EntityFilter.of(call))
                                .toList());
        EntityFilter.sort(call, found);
        return Hal.page(call, "notes", found, row -> shown(call.portal(), row));
    }

    private static Reply one(ApiCall call, String id) {
        return found(call, id)
                .map(row -> Hal.answer(shown(call.portal(), row)))
                .orElseGet(() -> Reply.empty(204));
    }

    private static Reply create(ApiCall call, Optional<String> entity) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            entity.ifPresent(id -> given.put("entity_id", Long.parseLong(id)));
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("entity_id", "note_type", "params");
            item.whole("entity_id", "created_at");
            Optional<ObjectNode> target =
                    call.portal().entities(call.type()).get(Json.text(given, "entity_id"));
            if (target.filter(row -> !EntityRow.isDeleted(row)).isEmpty()) {
                item.noChoice("entity_id");
            }
            item.flag("is_need_to_trigger_digital_pipeline");
            item.user(call.portal(), false, "responsible_user_id");
            item.user(call.portal(), true, "created_by");
            params(item, Json.text(given, "note_type"));
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            ObjectNode row = made(call, call.type(), item.row());
            out.add(brief(call.portal(), row).put("request_id", item.requestId()));
        }
        return Hal.written(call, "notes", out);
    }

    private static void params(Validation.Item item, String type) {
        item.text("note_type");
        item.object("params");
        item.choice("note_type", TYPES.keySet());
        for (String key : TYPES.getOrDefault(type, List.of())) {
            item.required("params." + key);
        }
        item.text("params.uniq", "params.source", "params.link", "params.phone", "params.text");
        item.whole("params.duration", "params.call_status");
        item.textOrWhole("params.call_responsible");
        item.text("params.call_result");
    }

    /** Writes a note of which everything has been checked. */
    static ObjectNode made(ApiCall call, EntityType type, JsonNode given) {
        long now = call.now();
        long by = Long.parseLong(call.user());
        long at = given.path("created_at").asLong(now);
        ObjectNode row = Json.object();
        row.set("entity_id", given.get("entity_id"));
        row.put("entity_type", type.path())
                .put("created_by", given.path("created_by").asLong(by))
                .put("updated_by", given.path("created_by").asLong(by))
                .put("created_at", at)
                .put("updated_at", given.path("updated_at").asLong(now))
                .put("responsible_user_id", given.path("responsible_user_id").asLong(by))
                .put("group_id", 0)
                .put("note_type", Json.text(given, "note_type"));
        row.set("params", given.get("params").deepCopy());
        row.put("account_id", call.portal().accountId());
        call.portal().notes().add(row);
        call.portal().hooks().noted(type, row);
        return row;
    }

    private static Reply updateMany(ApiCall call) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("id");
            check(call, item, Json.text(given, "id"));
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            out.add(updated(call, found(call, Json.text(item.row(), "id")).orElseThrow(), item));
        }
        return Hal.written(call, "notes", out);
    }

    private static Reply updateOne(ApiCall call, String id) throws ApiFault {
        ObjectNode row = found(call, id).orElseThrow(ApiFault::notFound);
        Validation validation = new Validation();
        Validation.Item item = validation.item(call.item(), 0);
        check(call, item, id);
        validation.check();
        return Hal.answer(updated(call, row, item));
    }

    /** The type must be named and stay what it was; params come whole, as in a new note. */
    private static void check(ApiCall call, Validation.Item item, String id) {
        Optional<ObjectNode> row = found(call, id);
        if (row.isEmpty()) {
            item.noChoice("id");
            return;
        }
        item.required("note_type", "params");
        if (!Json.text(item.row(), "note_type").equals(Json.text(row.get(), "note_type"))) {
            item.noChoice("note_type");
        }
        params(item, Json.text(item.row(), "note_type"));
    }

    private static ObjectNode updated(ApiCall call, ObjectNode row, Validation.Item item) {
        row.set("params", item.row().get("params").deepCopy());
        row.put("updated_at", call.now()).put("updated_by", Long.parseLong(call.user()));
        ObjectNode out = brief(call.portal(), row);
        out.set("updated_at", row.path("updated_at"));
        return out.put("request_id", item.requestId());
    }

    private static Optional<ObjectNode> found(ApiCall call, String id) {
        return call.portal().notes().get(id).filter(row -> of(row, call.type()));
    }

    private static boolean of(JsonNode row, EntityType type) {
        return Json.text(row, "entity_type").equals(type.path());
    }

    private static boolean on(JsonNode row, String entity) {
        return Json.text(row, "entity_id").equals(entity);
    }

    private static ObjectNode shown(AmoPortal portal, ObjectNode row) {
        ObjectNode out = row.deepCopy();
        out.remove("entity_type");
        return Hal.self(portal, out, path(row));
    }

    private static ObjectNode brief(AmoPortal portal, ObjectNode row) {
        ObjectNode out = Json.object();
        out.set("id", row.path("id"));
        out.set("entity_id", row.path("entity_id"));
        return Hal.self(portal, out, path(row));
    }

    private static String path(JsonNode row) {
        return Json.text(row, "entity_type")
                + "/"
                + Json.text(row, "entity_id")
                + "/notes/"
                + Json.text(row, "id");
    }
}
