package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trunkline.sandbox.http.Json;

/** The row of a call: fields of the call statistics, and the sandbox's own in lower case. */
final class CallRow {
    /** What the statistics do not know. */
    static final List<String> OWN =
            List.of(
                    "finished",
                    "created",
                    "registeredAt",
                    "finishedAt",
                    "leadCreationError",
                    "registeredBy");

    private CallRow() {}

    static ObjectNode registered(
            Portal portal,
            RestCall call,
            String callId,
            String userId,
            String phone,
            String started) {
        return Json.object()
                .put("CALL_ID", callId)
                .put("EXTERNAL_CALL_ID", call.text("EXTERNAL_CALL_ID"))
                .put("CALL_CATEGORY", "external")
                .put("CALL_TYPE", call.text("TYPE"))
                .put("PORTAL_USER_ID", userId)
                .put("PORTAL_NUMBER", call.text("LINE_NUMBER"))
                .put("PHONE_NUMBER", phone)
                .put("CALL_START_DATE", started)
                .put("CALL_DURATION", "0")
                .put("CALL_FAILED_CODE", "")
                .put("CALL_FAILED_REASON", "")
                .put("CRM_ACTIVITY_ID", "")
                .put("CALL_RECORD_URL", "")
                .put("RECORD_FILE_ID", "")
                .put("TRANSCRIPT_ID", "")
                .put("CALL_VOTE", "")
                .put("COST", "0.0000")
                .put("COST_CURRENCY", "RUR")
                .put("COMMENT", "")
                .put("REST_APP_ID", "1")
                .put("REST_APP_NAME", "Trunkline")
                .put("finished", false)
                .put("registeredBy", userId)
                .put("registeredAt", portal.clock().stamp());
    }

    /** As the statistics show it. */
    static ObjectNode statistics(ObjectNode row) {
        ObjectNode out = row.deepCopy();
        out.remove(OWN);
        return out;
    }
}
