package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;
import org.trunkline.sandbox.http.Reply;

/** Sends the portal's own events to the bound handlers: urlencoded, once, never again. */
final class EventSender {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** A bound handler; the id goes with the event. */
    private record Target(String id, String url) {}

    /** {@code {"event","data","handler"?}}; answers whom it reached and how they answered. */
    Reply send(Portal portal, JsonNode document) {
        String event = document.path("event").asText().toUpperCase(Locale.ROOT);
        if (event.isEmpty()) {
            throw new BadRequest("/event: name the event, for instance ONEXTERNALCALLSTART");
        }
        ObjectNode data =
                document.path("data") instanceof ObjectNode given
                        ? given.deepCopy()
                        : Json.object();
        if (event.equals("ONEXTERNALCALLSTART") && Json.text(data, "CALL_ID").isEmpty()) {
            data.put("CALL_ID", registered(portal, data));
        }
        queueOffline(portal, event, data);
        ArrayNode sent = Json.array();
        for (Target target : targets(portal, event, document.path("handler").asText())) {
            ObjectNode body = Json.object().put("event", event);
            body.put("event_handler_id", target.id());
            body.set("data", data);
            body.put("ts", Long.toString(portal.now().getEpochSecond()));
            body.set("auth", auth(portal, event));
            sent.addObject()
                    .put("handler", target.url())
                    .put(
                            "status",
                            portal.firewalled() ? 0 : post(target.url(), PhpParams.encode(body)));
        }
        if (event.equals("ONAPPUNINSTALL")) {
            portal.tokens().revokeAll();
        }
        ObjectNode out = Json.object().put("event", event);
        out.set("data", data);
        out.set("sent", sent);
        return Reply.json(200, out);
    }

    private static void queueOffline(Portal portal, String event, ObjectNode data) {
        synchronized (portal) {
            boolean bound =
                    portal.handlers().all().stream()
                            .filter(row -> Json.text(row, "event").equals(event))
                            .anyMatch(row -> row.path("offline").asInt() == 1);
            if (bound) {
                OfflineEvents.queue(portal, event, data);
            }
        }
    }

    private static List<Target> targets(Portal portal, String event, String handler) {
        if (!handler.isEmpty()) {
            return List.of(new Target("0", handler));
        }
        synchronized (portal) {
            return portal.handlers().all().stream()
                    .filter(row -> Json.text(row, "event").equals(event))
                    .filter(row -> !Json.text(row, "handler").isEmpty())
                    .map(row -> new Target(Json.text(row, "ID"), Json.text(row, "handler")))
                    .toList();
        }
    }

    /** Installation brings tokens; of the others only the application token is certain. */
    private static ObjectNode auth(Portal portal, String event) {
        ObjectNode auth = Json.object();
        if (event.equals("ONAPPINSTALL")) {
            auth.setAll(OauthEndpoint.answer(portal, portal.tokens().issue("1", portal.now())));
        }
        return auth.put("domain", portal.address().replaceFirst("^https?://", ""))
                .put("client_endpoint", portal.address() + "/rest/")
                .put("member_id", portal.memberId())
                .put("application_token", portal.applicationToken());
    }

    /** A click in the CRM: the portal has registered the call before it tells anyone. */
    private static String registered(Portal portal, ObjectNode data) {
        ObjectNode params =
                Json.object()
                        .put("USER_ID", Json.text(data, "USER_ID"))
                        .put("PHONE_NUMBER", Json.text(data, "PHONE_NUMBER"))
                        .put("LINE_NUMBER", Json.text(data, "LINE_NUMBER"))
                        .put("TYPE", "1");
        Caller caller =
                new Caller(Json.text(data, "USER_ID"), false, portal.tokens().clientId(), "");
        try {
            synchronized (portal) {
                return TelephonyRegister.register(new RestCall(portal, "click", params, caller))
                        .value()
                        .path("CALL_ID")
                        .asText();
            }
        } catch (RestFault fault) {
            throw new BadRequest("/data: " + fault.getMessage());
        }
    }

    private int post(String url, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // The vendor does not try again, and nobody is told: 0 is all that is left of it.
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
