package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.trunkline.sandbox.http.Json;

/** {@code event.bind}, {@code event.get}, {@code event.unbind}, {@code event.test}. */
final class EventMethods {
    private static final EventSender SENDER = new EventSender();

    private EventMethods() {}

    static void add(MethodTable table) {
        table.addForApps("event.bind", EventMethods::bind);
        table.addForApps("event.get", EventMethods::get);
        table.addForApps("event.unbind", EventMethods::unbind);
        table.addForApps("event.test", EventMethods::test);
    }

    /**
     * Sends ONAPPTEST with what was given to whoever is bound to it, by the queue that all events
     * go through; whether it arrived is not told (vendor's old documentation, "test_handler").
     */
    private static RestResult test(RestCall call) {
        ObjectNode query = call.params().deepCopy();
        query.remove("auth");
        ObjectNode data = Json.object().put("LANGUAGE_ID", "ru");
        data.set("QUERY", query);
        ObjectNode event = Json.object().put("event", "ONAPPTEST");
        event.set("data", data);
        CompletableFuture.runAsync(() -> SENDER.send(call.portal(), event));
        return RestResult.of(true);
    }

    private static RestResult bind(RestCall call) throws RestFault {
        String event = call.text("event").toUpperCase(Locale.ROOT);
        String type = call.text("event_type", "online");
        String handler = call.text("handler");
        if (event.isEmpty()) {
            throw new RestFault(400, "ERROR_ARGUMENT", "Argument 'EVENT' is null or empty");
        }
        if (handler.isEmpty() && type.equals("online")) {
            throw new RestFault(400, "ERROR_ARGUMENT", "Argument 'HANDLER' is null or empty");
        }
        if (same(call, event, handler).isPresent()) {
            throw RestFault.core("Unable to set event handler: Handler already binded");
        }
        call.portal()
                .handlers()
                .add(
                        Json.object()
                                .put("event", event)
                                .put("handler", handler)
                                .put("auth_type", call.text("auth_type", "0"))
                                .put("offline", type.equals("offline") ? 1 : 0));
        return RestResult.of(true);
    }

    private static RestResult get(RestCall call) {
        ArrayNode out = Json.array();
        call.portal()
                .handlers()
                .all()
                .forEach(
                        row -> {
                            ObjectNode copy = row.deepCopy();
                            copy.remove("ID");
                            out.add(copy);
                        });
        return RestResult.of(out);
    }

    private static RestResult unbind(RestCall call) {
        String event = call.text("event").toUpperCase(Locale.ROOT);
        String handler = call.text("handler");
        List<String> gone =
                call.portal().handlers().all().stream()
                        .filter(row -> Json.text(row, "event").equals(event))
                        .filter(
                                row ->
                                        handler.isEmpty()
                                                || Json.text(row, "handler").equals(handler))
                        .map(row -> row.get("ID").asText())
                        .toList();
        gone.forEach(call.portal().handlers()::remove);
        return RestResult.of(Json.object().put("count", gone.size()));
    }

    private static Optional<ObjectNode> same(RestCall call, String event, String handler) {
        return call.portal().handlers().all().stream()
                .filter(row -> Json.text(row, "event").equals(event))
                .filter(row -> Json.text(row, "handler").equals(handler))
                .findFirst();
    }
}
