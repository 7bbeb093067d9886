package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/** {@code crm.activity.*}: what finish left in the CRM, to read and to correct. */
final class CrmActivities {
    private static final Set<String> FIXED = Set.of("ID", "BINDINGS", "CREATED");

    private CrmActivities() {}

    static void add(MethodTable table) {
        table.add("crm.activity.list", CrmActivities::list);
        table.add("crm.activity.get", call -> RestResult.of(row(call, "id").deepCopy()));
        table.add("crm.activity.add", CrmActivities::addActivity);
        table.add("crm.activity.update", CrmActivities::update);
        table.add("crm.activity.delete", CrmActivities::delete);
        table.add("crm.activity.binding.add", CrmActivities::bind);
        table.add("crm.activity.binding.list", CrmActivities::bindings);
    }

    private static RestResult list(RestCall call) throws RestFault {
        List<String> select = call.texts("select");
        return Page.of(
                call.portal().activities().all(),
                call.object("filter"),
                Page.order(call.object("order")),
                call.number("start", 0),
                row -> CrmClassic.selected(row, select));
    }

    private static RestResult addActivity(RestCall call) throws RestFault {
        ObjectNode row = Json.object();
        set(row, call.object("fields"));
        if (Json.text(row, "OWNER_ID").isEmpty() || Json.text(row, "TYPE_ID").isEmpty()) {
            throw RestFault.core("The fields OWNER_ID and TYPE_ID are required");
        }
        if (Json.text(row, "COMPLETED").isEmpty()) {
            row.put("COMPLETED", "N");
        }
        row.put("CREATED", call.portal().clock().nowText());
        row.putArray("BINDINGS")
                .addObject()
                .put("OWNER_TYPE_ID", Json.text(row, "OWNER_TYPE_ID"))
                .put("OWNER_ID", Json.text(row, "OWNER_ID"));
        return RestResult.of(call.portal().activities().add(row).get("ID").asLong());
    }

    private static RestResult update(RestCall call) throws RestFault {
        ObjectNode row = row(call, "id");
        set(row, call.object("fields"));
        if (call.object("fields").has("COMPLETED")) {
            row.put("STATUS", Json.text(row, "COMPLETED").equals("Y") ? "2" : "1");
        }
        row.put("LAST_UPDATED", call.portal().clock().nowText());
        return RestResult.of(true);
    }

    private static RestResult delete(RestCall call) throws RestFault {
        call.portal().activities().remove(row(call, "id").get("ID").asText());
        return RestResult.of(true);
    }

    private static RestResult bind(RestCall call) throws RestFault {
        ObjectNode row = row(call, "activityId");
        EntityRef target =
                EntityKind.byTypeId(call.number("entityTypeId", 0))
                        .map(kind -> new EntityRef(kind, call.text("entityId")))
                        .filter(ref -> call.portal().entity(ref).isPresent())
                        .orElseThrow(
                                () -> new RestFault(400, "OWNER_NOT_FOUND", "Owner not found"));
        ArrayNode bindings = row.withArray("/BINDINGS");
        for (JsonNode bound : bindings) {
            if (bound.path("OWNER_ID").asText().equals(target.id())
                    && bound.path("OWNER_TYPE_ID").asInt() == target.kind().typeId()) {
                throw new RestFault(400, "ACTIVITY_IS_ALREADY_BOUND", "Activity is already bound");
            }
        }
        CallActivity.bind(bindings, target);
        return RestResult.of(true);
    }

    private static RestResult bindings(RestCall call) throws RestFault {
        ArrayNode out = Json.array();
        row(call, "activityId")
                .path("BINDINGS")
                .forEach(
                        bound ->
                                out.addObject()
                                        .put("entityTypeId", bound.path("OWNER_TYPE_ID").asInt())
                                        .put("entityId", bound.path("OWNER_ID").asLong()));
        return RestResult.of(out);
    }

    private static void set(ObjectNode row, JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String upper = name.toUpperCase(Locale.ROOT);
            JsonNode value = fields.get(name);
            if (!FIXED.contains(upper)) {
                row.set(
                        upper,
                        value.isValueNode()
                                ? row.textNode(value.isNull() ? "" : value.asText())
                                : value.deepCopy());
            }
        }
    }

    private static ObjectNode row(RestCall call, String parameter) throws RestFault {
        return call.portal()
                .activities()
                .get(call.text(parameter))
                .orElseThrow(RestFault::notFound);
    }
}
