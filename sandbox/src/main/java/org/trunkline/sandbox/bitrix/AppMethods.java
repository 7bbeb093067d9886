package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trunkline.sandbox.http.Json;

/** What an application may ask about itself and the portal. */
final class AppMethods {
    private AppMethods() {}

    static void add(MethodTable table) {
        table.add("app.info", AppMethods::info);
        table.add("scope", AppMethods::scope);
        table.add(
                "server.time",
                call -> RestResult.of(Json.object().textNode(call.portal().clock().nowText())));
        table.add("method.get", call -> probe(call, table));
        table.add("methods", call -> methods(table));
        table.add("feature.get", AppMethods::feature);
    }

    private static RestResult info(RestCall call) {
        ObjectNode out =
                Json.object()
                        .put("ID", 1)
                        .put("CODE", call.portal().tokens().clientId())
                        .put("VERSION", 1)
                        .put("STATUS", "L")
                        .put("INSTALLED", true)
                        .put("PAYMENT_EXPIRED", "N")
                        .put("LANGUAGE_ID", "ru")
                        .put("LICENSE", "ru_basic");
        out.putNull("DAYS");
        return RestResult.of(out);
    }

    private static RestResult scope(RestCall call) {
        ArrayNode out = Json.array();
        List.of(call.portal().scope().split(",")).forEach(out::add);
        return RestResult.of(out);
    }

    private static RestResult probe(RestCall call, MethodTable table) {
        String name = call.text("name");
        boolean exists =
                table.find(name).isPresent()
                        && !call.portal().absent().contains(MethodTable.key(name));
        return RestResult.of(Json.object().put("isExisting", exists).put("isAvailable", exists));
    }

    private static RestResult methods(MethodTable table) {
        ArrayNode out = Json.array();
        table.all().forEach(entry -> out.add(entry.name()));
        return RestResult.of(out);
    }

    private static RestResult feature(RestCall call) {
        boolean known =
                List.of("rest_offline_extended", "rest_auth_connector").contains(call.text("CODE"));
        return RestResult.of(Json.object().put("value", known ? "Y" : "N"));
    }
}
