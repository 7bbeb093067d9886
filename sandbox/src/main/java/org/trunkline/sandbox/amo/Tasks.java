package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Tasks: type 1 is a call, 2 a meeting. */
final class Tasks {
    private static final List<String> FIELDS =
            List.of(
                    "text",
                    "complete_till",
                    "entity_id",
                    "entity_type",
                    "task_type_id",
                    "responsible_user_id",
                    "duration",
                    "is_completed",
                    "result",
                    "created_at");

    private Tasks() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "tasks", Tasks::list);
        routes.add("POST", "tasks", Tasks::create);
        routes.add("PATCH", "tasks", Tasks::updateMany);
        routes.add("GET", "tasks/{id}", Tasks::one);
        routes.add("PATCH", "tasks/{id}", Tasks::updateOne);
    }

    private static Reply list(ApiCall call) throws ApiFault {
        List<ObjectNode> found =
                new ArrayList<>(
                        call.portal().tasks().all().stream()
                                .filter(EntityFilter.of(call))
                                .toList());
        EntityFilter.sort(call, found);
        return Hal.page(call, "tasks", found, row -> shown(call.portal(), row));
    }

    private static Reply one(ApiCall call) {
        return call.portal()
                .tasks()
                .get(call.argument(0))
                .map(row -> Hal.answer(shown(call.portal(), row)))
                .orElseGet(() -> Reply.empty(204));
    }

    private static Reply create(ApiCall call) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("text", "complete_till");
            check(call.portal(), item);
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            long by = Long.parseLong(call.user());
            ObjectNode row = Json.object();
            row.put("created_by", by).put("updated_by", by);
            row.put("created_at", call.now()).put("updated_at", call.now());
            row.put("responsible_user_id", by).put("group_id", 0);
            row.putNull("entity_id").putNull("entity_type");
            row.put("duration", 0).put("is_completed", false).put("task_type_id", 1);
            row.putArray("result");
            row.put("account_id", call.portal().accountId());
            write(row, item.row());
            call.portal().tasks().add(row);
            call.portal().hooks().task("add", row);
            out.add(brief(call.portal(), row).put("request_id", item.requestId()));
        }
        return Hal.written(call, "tasks", out);
    }

    private static Reply updateMany(ApiCall call) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("id");
            if (call.portal().tasks().get(Json.text(given, "id")).isEmpty()) {
                item.noChoice("id");
            }
            check(call.portal(), item);
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            ObjectNode row = call.portal().tasks().get(Json.text(item.row(), "id")).orElseThrow();
            out.add(updated(call, row, item).put("request_id", item.requestId()));
        }
        return Hal.written(call, "tasks", out);
    }

    private static Reply updateOne(ApiCall call) throws ApiFault {
        ObjectNode row =
                call.portal().tasks().get(call.argument(0)).orElseThrow(ApiFault::notFound);
        Validation validation = new Validation();
        Validation.Item item = validation.item(call.item(), 0);
        check(call.portal(), item);
        validation.check();
        return Hal.answer(updated(call, row, item));
    }

    private static void check(AmoPortal portal, Validation.Item item) {
        item.text("text", "entity_type");
        item.whole("complete_till", "entity_id", "task_type_id", "duration", "created_at");
        item.flag("is_completed");
        item.user(portal, false, "responsible_user_id");
        if (item.row().hasNonNull("entity_id")) {
            Optional<EntityType> type = EntityType.of(Json.text(item.row(), "entity_type"));
            if (type.isEmpty()) {
                item.noChoice("entity_type");
            } else if (portal.entities(type.get())
                    .get(Json.text(item.row(), "entity_id"))
                    .isEmpty()) {
                item.noChoice("entity_id");
            }
        }
    }

    private static ObjectNode updated(ApiCall call, ObjectNode row, Validation.Item item) {
        write(row, item.row());
        row.put("updated_at", call.now()).put("updated_by", Long.parseLong(call.user()));
        call.portal().hooks().task("update", row);
        ObjectNode out = brief(call.portal(), row);
        out.set("updated_at", row.path("updated_at"));
        return out;
    }

    private static void write(ObjectNode row, ObjectNode given) {
        for (String field : FIELDS) {
            if (given.has(field)) {
                row.set(field, given.get(field));
            }
        }
    }

    private static ObjectNode shown(AmoPortal portal, ObjectNode row) {
        return Hal.self(portal, row.deepCopy(), "tasks/" + row.path("id").asText());
    }

    private static ObjectNode brief(AmoPortal portal, ObjectNode row) {
        ObjectNode out = Json.object();
        out.set("id", row.path("id"));
        return Hal.self(portal, out, "tasks/" + row.path("id").asText());
    }
}
