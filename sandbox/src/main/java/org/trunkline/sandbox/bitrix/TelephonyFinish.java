package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** {@code telephony.externalCall.finish}: the statistics row and the activity come into being. */
final class TelephonyFinish {
    /** As the vendor writes it, without the closing bracket. */
    static final String NOT_FOUND =
            "Call is not found (call should be registered prior to finishing";

    private TelephonyFinish() {}

    static void add(MethodTable table) {
        table.addDearForApps("telephony.externalCall.finish", TelephonyFinish::finish);
    }

    private static RestResult finish(RestCall call) throws RestFault {
        Portal portal = call.portal();
        Optional<JsonNode> id = call.param("CALL_ID");
        if (id.filter(node -> !node.isTextual()).isPresent()) {
            throw RestFault.argument("CALL_ID must be a string");
        }
        // A second finish of the same call gets the same answer: it is not idempotent.
        CallBook.Open open =
                portal.calls()
                        .open(call.text("CALL_ID"))
                        .orElseThrow(() -> RestFault.core(NOT_FOUND));
        String user = UserLookup.required(call).get("ID").asText();
        int seconds = Math.max(0, call.number("DURATION", 0));
        ObjectNode row = open.row();
        row.put("PORTAL_USER_ID", user);
        row.put("CALL_DURATION", Integer.toString(seconds));
        row.put("CALL_FAILED_CODE", call.text("STATUS_CODE", seconds > 0 ? "200" : "304"));
        row.put("CALL_FAILED_REASON", call.text("FAILED_REASON"));
        row.put("CALL_VOTE", call.text("VOTE"));
        row.put("COST", call.text("COST", "0.0000"));
        row.put("COST_CURRENCY", call.text("COST_CURRENCY", "RUR"));
        row.put("finished", true);
        row.put("finishedAt", portal.clock().stamp());
        assign(portal, open, user);
        client(portal, row)
                .ifPresent(
                        ref -> {
                            ObjectNode activity =
                                    CallActivity.add(portal, open, ref, user, seconds);
                            row.put("CRM_ACTIVITY_ID", activity.get("ID").asText());
                        });
        TelephonyCards.hideAll(portal, open);
        portal.calls().finish(open);
        return RestResult.of(answer(row, seconds));
    }

    /** Entities that this call made follow who finished it; older ones never do. */
    private static void assign(Portal portal, CallBook.Open open, String user) {
        for (EntityRef ref : open.created()) {
            portal.entity(ref).ifPresent(row -> row.put("ASSIGNED_BY_ID", user));
        }
    }

    private static Optional<EntityRef> client(Portal portal, ObjectNode row) {
        return EntityKind.byName(Json.text(row, "CRM_ENTITY_TYPE"))
                .map(kind -> new EntityRef(kind, Json.text(row, "CRM_ENTITY_ID")))
                .filter(ref -> portal.entity(ref).isPresent());
    }

    private static ObjectNode answer(ObjectNode row, int seconds) {
        ObjectNode out = Json.object();
        out.put("CALL_ID", Json.text(row, "CALL_ID"));
        out.put("EXTERNAL_CALL_ID", Json.text(row, "EXTERNAL_CALL_ID"));
        out.put("PORTAL_USER_ID", Long.parseLong(Json.text(row, "PORTAL_USER_ID")));
        out.put("PHONE_NUMBER", Json.text(row, "PHONE_NUMBER"));
        out.put("PORTAL_NUMBER", Json.text(row, "PORTAL_NUMBER"));
        out.put("INCOMING", Json.text(row, "CALL_TYPE"));
        out.put("CALL_DURATION", seconds);
        // A date object of PHP, written as JSON: nothing is left of it.
        out.putObject("CALL_START_DATE");
        out.put("CALL_STATUS", Json.text(row, "CALL_FAILED_CODE").equals("200") ? 1 : 0);
        out.put("CALL_VOTE", Json.text(row, "CALL_VOTE"));
        out.put("COST", Json.text(row, "COST"));
        out.put("COST_CURRENCY", Json.text(row, "COST_CURRENCY"));
        out.put("CALL_FAILED_CODE", Json.text(row, "CALL_FAILED_CODE"));
        out.put("CALL_FAILED_REASON", Json.text(row, "CALL_FAILED_REASON"));
        out.put("REST_APP_ID", Json.text(row, "REST_APP_ID"));
        out.put("REST_APP_NAME", Json.text(row, "REST_APP_NAME"));
        String activity = Json.text(row, "CRM_ACTIVITY_ID");
        if (activity.isEmpty()) {
            out.putNull("CRM_ACTIVITY_ID");
        } else {
            out.put("CRM_ACTIVITY_ID", Long.parseLong(activity));
        }
        out.put("COMMENT", Json.text(row, "COMMENT"));
        out.put("CRM_ENTITY_TYPE", Json.text(row, "CRM_ENTITY_TYPE"));
        out.put("CRM_ENTITY_ID", Json.text(row, "CRM_ENTITY_ID"));
        out.put("ID", Long.parseLong(Json.text(row, "ID")));
        return out;
    }
}
