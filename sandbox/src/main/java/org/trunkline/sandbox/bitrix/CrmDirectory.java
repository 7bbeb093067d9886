package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** What the CRM is set to: mode, funnels, stages, sources; and the search for duplicates. */
final class CrmDirectory {
    private static final int VALUES = 20;
    private static final int ENOUGH = 20;

    private CrmDirectory() {}

    static void add(MethodTable table) {
        table.add(
                "crm.settings.mode.get",
                call -> RestResult.of(call.portal().mode().leads() ? 1 : 2));
        table.add("crm.category.list", CrmDirectory::categories);
        table.add("crm.status.list", CrmDirectory::statuses);
        table.add("crm.duplicate.findbycomm", CrmDirectory::duplicates);
    }

    private static RestResult categories(RestCall call) throws RestFault {
        if (call.number("entityTypeId", 0) != EntityKind.DEAL.typeId()) {
            throw new RestFault(
                    400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type does not have categories");
        }
        ArrayNode rows = call.portal().pipelines().categories().deepCopy();
        rows.forEach(row -> ((ObjectNode) row).remove("stages"));
        ObjectNode out = Json.object();
        out.set("categories", rows);
        return new RestResult(out, Optional.of(rows.size()), Optional.empty());
    }

    private static RestResult statuses(RestCall call) {
        List<ObjectNode> rows = new ArrayList<>();
        call.portal().pipelines().statuses().forEach(row -> rows.add((ObjectNode) row));
        Map<String, String> order = Page.order(call.object("order"));
        RestResult page =
                Page.of(
                        rows,
                        call.object("filter"),
                        order.isEmpty() ? Map.of("SORT", "ASC") : order,
                        -1,
                        row -> row);
        return new RestResult(page.value(), Optional.of(page.value().size()), Optional.empty());
    }

    /** Leads, contacts, companies in this order; stops after a kind with 20 hits. */
    private static RestResult duplicates(RestCall call) throws RestFault {
        List<String> values = call.texts("values");
        // The text of these two stands in "error" itself.
        if (!List.of("PHONE", "EMAIL").contains(call.text("type"))) {
            throw new RestFault(400, "Communication type is not defined", "");
        }
        if (values.isEmpty() || values.size() > VALUES) {
            throw new RestFault(400, "Communication values is not defined", "");
        }
        Optional<EntityKind> only = EntityKind.byName(call.text("entity_type"));
        ObjectNode out = Json.object();
        for (EntityKind kind : List.of(EntityKind.LEAD, EntityKind.CONTACT, EntityKind.COMPANY)) {
            if (only.isEmpty() || only.get() == kind) {
                ArrayNode ids = hits(call, kind, values);
                if (!ids.isEmpty()) {
                    out.set(kind.name(), ids);
                }
                if (ids.size() >= ENOUGH) {
                    break;
                }
            }
        }
        return RestResult.of(Json.phpMap(out));
    }

    private static ArrayNode hits(RestCall call, EntityKind kind, List<String> values) {
        ArrayNode ids = Json.array();
        for (String value : values) {
            List<ObjectNode> rows =
                    call.text("type").equals("PHONE")
                            ? call.portal().entities(kind).byPhone(PhoneNumbers.normalise(value))
                            : byEmail(call, kind, value);
            rows.stream().map(row -> row.get("ID").asLong()).forEach(ids::add);
        }
        return ids;
    }

    private static List<ObjectNode> byEmail(RestCall call, EntityKind kind, String value) {
        return call.portal().entities(kind).all().stream()
                .filter(row -> hasEmail(row, value))
                .toList();
    }

    private static boolean hasEmail(ObjectNode row, String value) {
        for (JsonNode email : row.path("EMAIL")) {
            if (email.path("VALUE").asText().equalsIgnoreCase(value)) {
                return true;
            }
        }
        return false;
    }
}
