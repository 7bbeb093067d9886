package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trunkline.sandbox.http.Json;

/** {@code crm.item.*} for leads, deals, contacts and companies. */
final class CrmItems {
    private CrmItems() {}

    static void add(MethodTable table) {
        table.add("crm.item.list", CrmItems::list);
        table.add("crm.item.get", call -> RestResult.of(wrapped(call, kind(call), row(call))));
        table.add("crm.item.add", CrmItems::add);
        table.add("crm.item.update", CrmItems::update);
        table.add("crm.item.delete", CrmItems::delete);
    }

    private static RestResult list(RestCall call) throws RestFault {
        EntityKind kind = kind(call);
        List<String> select = call.texts("select");
        boolean originalUf = call.flag("useOriginalUfNames", false);
        Map<String, String> order =
                Page.order(call.object("order")).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        e -> ItemNames.toClassic(kind, e.getKey()),
                                        Map.Entry::getValue));
        RestResult page =
                Page.of(
                        call.portal().entities(kind).all(),
                        ItemShape.filter(kind, call.object("filter")),
                        order,
                        call.number("start", 0),
                        row -> ItemShape.item(kind, row, select, originalUf));
        ObjectNode items = Json.object();
        items.set("items", page.value());
        return new RestResult(items, page.total(), page.next());
    }

    private static RestResult add(RestCall call) throws RestFault {
        EntityKind kind = kind(call);
        JsonNode fields = ItemShape.fields(kind, call.object("fields"));
        ObjectNode row = EntityWriter.add(call.portal(), kind, fields, call.caller().user());
        return RestResult.of(wrapped(call, kind, row));
    }

    private static RestResult update(RestCall call) throws RestFault {
        EntityKind kind = kind(call);
        ObjectNode row = row(call);
        JsonNode fields = ItemShape.fields(kind, call.object("fields"));
        EntityWriter.update(call.portal(), kind, row, fields, call.caller().user());
        return RestResult.of(wrapped(call, kind, row));
    }

    private static RestResult delete(RestCall call) throws RestFault {
        call.portal().entities(kind(call)).remove(Json.text(row(call), "ID"));
        return RestResult.of(Json.array());
    }

    private static ObjectNode wrapped(RestCall call, EntityKind kind, ObjectNode row) {
        ObjectNode out = Json.object();
        boolean originalUf = call.flag("useOriginalUfNames", false);
        out.set("item", ItemShape.item(kind, row, List.of("*"), originalUf));
        return out;
    }

    private static EntityKind kind(RestCall call) throws RestFault {
        return EntityKind.byTypeId(call.number("entityTypeId", 0))
                .orElseThrow(
                        () ->
                                new RestFault(
                                        400,
                                        "NOT_FOUND",
                                        "Смарт-процесс не найден: entityTypeId "
                                                + call.text("entityTypeId")));
    }

    private static ObjectNode row(RestCall call) throws RestFault {
        return call.portal()
                .entities(kind(call))
                .get(call.text("id"))
                .orElseThrow(() -> new RestFault(400, "NOT_FOUND", "Элемент не найден"));
    }
}
