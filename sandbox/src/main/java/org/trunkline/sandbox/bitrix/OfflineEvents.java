package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;

/** {@code event.offline.*}: events that wait to be fetched. */
final class OfflineEvents {
    private static final int LIMIT = 50;

    private OfflineEvents() {}

    static void add(MethodTable table) {
        table.addForApps("event.offline.get", OfflineEvents::get);
        table.addForApps("event.offline.clear", OfflineEvents::clear);
        table.addForApps("event.offline.error", OfflineEvents::error);
    }

    /** Queues an event for whoever fetches. */
    static void queue(Portal portal, String event, ObjectNode data) {
        ObjectNode row =
                Json.object()
                        .put("TIMESTAMP_X", portal.clock().nowText())
                        .put("EVENT_NAME", event)
                        .put("EVENT_ADDITIONAL", "")
                        .put("MESSAGE_ID", UUID.randomUUID().toString().replace("-", ""))
                        .put("processId", "");
        row.set("EVENT_DATA", Json.phpMap(data));
        portal.offline().add(row);
    }

    /** With clear=0 what is handed out stays under its process id until it is cleared. */
    private static RestResult get(RestCall call) throws RestFault {
        Portal portal = call.portal();
        boolean clear = call.flag("clear", true);
        String process = call.text("process_id");
        boolean again = !process.isEmpty();
        String id = again ? process : UUID.randomUUID().toString().replace("-", "");
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode row : portal.offline().all()) {
            if (Json.text(row, "processId").equals(again ? process : "")) {
                rows.add(row);
            }
        }
        RestResult page =
                Page.of(rows, call.object("filter"), Map.of("ID", "ASC"), -1, ObjectNode::deepCopy);
        int limit = Math.min(LIMIT, Math.max(1, call.number("limit", LIMIT)));
        ArrayNode events = Json.array();
        for (int i = 0; i < Math.min(limit, page.value().size()); i++) {
            ObjectNode event = (ObjectNode) page.value().get(i);
            event.remove("processId");
            events.add(event);
            String row = Json.text(event, "ID");
            if (clear) {
                portal.offline().remove(row);
            } else {
                portal.offline().get(row).ifPresent(kept -> kept.put("processId", id));
            }
        }
        ObjectNode out = Json.object();
        if (clear) {
            out.putNull("process_id");
        } else {
            out.put("process_id", id);
        }
        out.set("events", events);
        return RestResult.of(out);
    }

    private static RestResult clear(RestCall call) throws RestFault {
        List<String> ids = call.texts("id");
        of(call).filter(row -> ids.isEmpty() || ids.contains(Json.text(row, "ID")))
                .map(row -> Json.text(row, "ID"))
                .toList()
                .forEach(call.portal().offline()::remove);
        return RestResult.of(true);
    }

    /** Marks as failed: such events are not handed out again. */
    private static RestResult error(RestCall call) throws RestFault {
        List<String> messages = call.texts("message_id");
        of(call).filter(row -> messages.contains(Json.text(row, "MESSAGE_ID")))
                .toList()
                .forEach(row -> row.put("processId", "failed"));
        return RestResult.of(true);
    }

    private static java.util.stream.Stream<ObjectNode> of(RestCall call) throws RestFault {
        String process =
                Optional.of(call.text("process_id"))
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(() -> RestFault.argument("process_id is required"));
        return List.copyOf(call.portal().offline().all()).stream()
                .filter(row -> Json.text(row, "processId").equals(process));
    }
}
