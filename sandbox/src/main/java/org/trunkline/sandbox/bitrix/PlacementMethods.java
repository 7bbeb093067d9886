package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/** {@code placement.*}: where the application shows itself inside the portal. */
final class PlacementMethods {
    private static final String WORKER = "PAGE_BACKGROUND_WORKER";

    /** Those that telephony may want; the portal has many more. */
    private static final List<String> PLACES =
            List.of(
                    "CALL_CARD",
                    "TELEPHONY_ANALYTICS_MENU",
                    "CRM_CONTACT_DETAIL_TAB",
                    "CRM_COMPANY_DETAIL_TAB",
                    "CRM_LEAD_DETAIL_TAB",
                    "CRM_DEAL_DETAIL_TAB",
                    WORKER,
                    "REST_APP_URI");

    private PlacementMethods() {}

    static void add(MethodTable table) {
        table.addForApps("placement.bind", PlacementMethods::bind);
        table.addForApps("placement.get", PlacementMethods::get);
        table.addForApps("placement.unbind", PlacementMethods::unbind);
        table.addForApps("placement.list", PlacementMethods::list);
    }

    /** The page gives these mistakes the status 200: an error all the same. */
    private static RestResult bind(RestCall call) throws RestFault {
        administrator(call);
        String place = required(call, "PLACEMENT", 200);
        String handler = required(call, "HANDLER", 200);
        if (!PLACES.contains(place)) {
            throw new RestFault(400, "ERROR_PLACEMENT_NOT_FOUND", "Placement not found");
        }
        boolean worker = place.equals(WORKER);
        if (!call.text("USER_ID").isEmpty() && !worker) {
            throw new RestFault(200, "ERROR_PLACEMENT_USER_MODE", "User mode is not available");
        }
        if (worker && Json.text(call.object("OPTIONS"), "errorHandlerUrl").isEmpty()) {
            throw new RestFault(200, "EMPTY_ERROR_HANDLER_URL", "Error handler URL is empty");
        }
        if ((worker || place.equals("REST_APP_URI")) && !bound(call, place).isEmpty()) {
            throw new RestFault(
                    200, "ERROR_PLACEMENT_MAX_COUNT", "Placement max count is exceeded");
        }
        boolean again =
                bound(call, place).stream()
                        .anyMatch(row -> Json.text(row, "handler").equals(handler));
        if (again) {
            throw RestFault.core("Unable to set placement handler: Handler already binded");
        }
        ObjectNode row =
                Json.object()
                        .put("placement", place)
                        .put("userId", call.number("USER_ID", 0))
                        .put("handler", handler)
                        .put("title", call.text("TITLE"))
                        .put("description", call.text("DESCRIPTION"));
        row.set("options", map(call, "OPTIONS"));
        row.set("langAll", map(call, "LANG_ALL"));
        call.portal().placements().add(row);
        return RestResult.of(true);
    }

    private static RestResult get(RestCall call) throws RestFault {
        administrator(call);
        ArrayNode out = Json.array();
        for (ObjectNode row : call.portal().placements().all()) {
            ObjectNode shown = row.deepCopy();
            shown.remove("ID");
            out.add(shown);
        }
        return RestResult.of(out);
    }

    /** The page's own arithmetic: each handler counts once when found and once when removed. */
    private static RestResult unbind(RestCall call) throws RestFault {
        administrator(call);
        String place = required(call, "PLACEMENT", 400);
        Table all = call.portal().placements();
        List<String> gone =
                bound(call, place).stream()
                        .filter(row -> matches(row, "handler", call.text("HANDLER")))
                        .filter(row -> matches(row, "userId", call.text("USER_ID")))
                        .map(row -> Json.text(row, "ID"))
                        .toList();
        gone.forEach(all::remove);
        return RestResult.of(Json.object().put("count", 2 * gone.size()));
    }

    private static RestResult list(RestCall call) {
        ArrayNode out = Json.array();
        PLACES.forEach(out::add);
        return RestResult.of(out);
    }

    private static List<ObjectNode> bound(RestCall call, String place) {
        return call.portal().placements().all().stream()
                .filter(row -> Json.text(row, "placement").equals(place))
                .toList();
    }

    /** As PHP writes it: an empty map is a list. */
    private static JsonNode map(RestCall call, String name) {
        return call.object(name) instanceof ObjectNode given
                ? Json.phpMap(given.deepCopy())
                : Json.array();
    }

    private static boolean matches(ObjectNode row, String field, String wanted) {
        return wanted.isEmpty() || Json.text(row, field).equals(wanted);
    }

    private static String required(RestCall call, String name, int status) throws RestFault {
        if (call.text(name).isEmpty()) {
            throw new RestFault(
                    status, "ERROR_ARGUMENT", "Argument '" + name + "' is null or empty");
        }
        return call.text(name);
    }

    private static void administrator(RestCall call) throws RestFault {
        boolean admin =
                call.portal()
                        .users()
                        .get(call.caller().user())
                        .filter(user -> user.path("IS_ADMIN").asBoolean())
                        .isPresent();
        if (!admin) {
            throw new RestFault(403, "ACCESS_DENIED", "Access denied!");
        }
    }
}
