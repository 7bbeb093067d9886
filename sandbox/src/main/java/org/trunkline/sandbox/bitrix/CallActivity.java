package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.PortalClock;

/** The CRM activity that finish makes. */
final class CallActivity {
    private CallActivity() {}

    /** Hangs on the client; what the call made and the client's active deals are bound as well. */
    static ObjectNode add(
            Portal portal, CallBook.Open call, EntityRef client, String user, int seconds) {
        ObjectNode row = call.row();
        boolean outgoing = Json.text(row, "CALL_TYPE").equals("1");
        boolean missed = Json.text(row, "CALL_FAILED_CODE").equals("304");
        // Trap 5: an incoming or callback call of status 304, and no other, stays to do.
        boolean completed = !missed || outgoing || !portal.missedStaysOpen();
        String phone = PhoneNumbers.display(Json.text(row, "PHONE_NUMBER"));
        String start = Json.text(row, "CALL_START_DATE");
        String end = PortalClock.text(OffsetDateTime.parse(start).plusSeconds(seconds).toInstant());
        ObjectNode activity =
                Json.object()
                        .put("TYPE_ID", "2")
                        .put("PROVIDER_ID", "VOXIMPLANT_CALL")
                        .put("PROVIDER_TYPE_ID", "CALL")
                        .put("DIRECTION", outgoing ? "2" : "1")
                        .put("SUBJECT", (outgoing ? "Исходящий на " : "Входящий от ") + phone)
                        .put("COMPLETED", completed ? "Y" : "N")
                        .put("STATUS", completed ? "2" : "1")
                        .put("RESPONSIBLE_ID", user)
                        .put("AUTHOR_ID", user)
                        .put("OWNER_TYPE_ID", Integer.toString(client.kind().typeId()))
                        .put("OWNER_ID", client.id())
                        .put("ORIGIN_ID", "VI_" + call.callId())
                        .put("START_TIME", start)
                        .put("END_TIME", end)
                        .put("DEADLINE", end)
                        .put("DESCRIPTION", "")
                        .put("CREATED", portal.clock().nowText())
                        .put("LAST_UPDATED", portal.clock().nowText());
        activity.putArray("COMMUNICATIONS")
                .addObject()
                .put("TYPE", "PHONE")
                .put("VALUE", phone)
                .put("ENTITY_ID", client.id())
                .put("ENTITY_TYPE_ID", Integer.toString(client.kind().typeId()));
        activity.putArray("FILES");
        Set<EntityRef> bound = new LinkedHashSet<>();
        bound.add(client);
        bound.addAll(call.created());
        bound.addAll(ClientLookup.activeDeals(portal, client));
        ArrayNode bindings = activity.putArray("BINDINGS");
        bound.forEach(ref -> bind(bindings, ref));
        return portal.activities().add(activity);
    }

    static void bind(ArrayNode bindings, EntityRef ref) {
        bindings.addObject()
                .put("OWNER_TYPE_ID", Integer.toString(ref.kind().typeId()))
                .put("OWNER_ID", ref.id());
    }
}
