package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code crm.lead|deal|contact|company.add/get/list/update/delete}: older, and still working. */
final class CrmClassic {
    private CrmClassic() {}

    static void add(MethodTable table) {
        for (EntityKind kind : EntityKind.values()) {
            String prefix = "crm." + kind.name().toLowerCase(Locale.ROOT) + ".";
            table.add(prefix + "add", call -> add(call, kind));
            table.add(prefix + "get", call -> RestResult.of(row(call, kind).deepCopy()));
            table.add(prefix + "list", call -> list(call, kind));
            table.add(prefix + "update", call -> update(call, kind));
            table.add(prefix + "delete", call -> delete(call, kind));
        }
    }

    private static RestResult add(RestCall call, EntityKind kind) throws RestFault {
        ObjectNode row = EntityWriter.add(call.portal(), kind, fields(call), call.caller().user());
        return RestResult.of(row.get("ID").asLong());
    }

    private static RestResult update(RestCall call, EntityKind kind) throws RestFault {
        ObjectNode row = row(call, kind);
        EntityWriter.update(call.portal(), kind, row, fields(call), call.caller().user());
        return RestResult.of(true);
    }

    private static RestResult delete(RestCall call, EntityKind kind) throws RestFault {
        call.portal().entities(kind).remove(row(call, kind).get("ID").asText());
        return RestResult.of(true);
    }

    private static RestResult list(RestCall call, EntityKind kind) throws RestFault {
        List<String> select = call.texts("select");
        return Page.of(
                call.portal().entities(kind).all(),
                call.object("filter"),
                Page.order(call.object("order")),
                call.number("start", 0),
                row -> selected(row, select));
    }

    /** Without a select everything but the lists of phones and addresses. */
    static JsonNode selected(ObjectNode row, List<String> select) {
        ObjectNode out = row.deepCopy();
        boolean all = select.isEmpty() || select.contains("*");
        row.fieldNames()
                .forEachRemaining(
                        name -> {
                            boolean wanted = row.get(name).isValueNode() && all;
                            if (!wanted && !name.equals("ID") && !select.contains(name)) {
                                out.remove(name);
                            }
                        });
        return out;
    }

    private static JsonNode fields(RestCall call) throws RestFault {
        Optional<JsonNode> fields = call.param("fields").filter(JsonNode::isObject);
        return fields.orElseThrow(() -> RestFault.core("Parameter 'fields' must be array."));
    }

    private static ObjectNode row(RestCall call, EntityKind kind) throws RestFault {
        return call.portal().entities(kind).get(call.text("id")).orElseThrow(RestFault::notFound);
    }
}
