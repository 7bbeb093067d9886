package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.PhpParams;

/** The portal's own events: bound, sent once, signed by the application token. */
class EventsTest {
    private final TestPortal portal = new TestPortal();
    private final List<ObjectNode> received = new CopyOnWriteArrayList<>();
    private HttpServer handler;
    private String url;

    @BeforeEach
    void listen() throws IOException {
        handler = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        handler.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    received.add(PhpParams.parse(new String(body, StandardCharsets.UTF_8)));
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        handler.start();
        url = "http://127.0.0.1:" + handler.getAddress().getPort() + "/crm";
    }

    @AfterEach
    void stop() {
        handler.stop(0);
    }

    @Test
    void aClickIsRegisteredBeforeItIsTold() {
        portal.result(
                "event.bind", "{\"event\":\"OnExternalCallStart\",\"handler\":\"" + url + "\"}");
        portal.post(
                "_event",
                "{\"event\":\"OnExternalCallStart\",\"data\":{\"USER_ID\":\"7\",\"PHONE_NUMBER\":\"+79161234567\"}}");
        // Answered with 500, and yet sent once only.
        assertThat(received).hasSize(1);
        ObjectNode event = received.get(0);
        assertThat(event.path("event").asText()).isEqualTo("ONEXTERNALCALLSTART");
        assertThat(event.path("auth").path("application_token"))
                .isEqualTo(portal.auth().path("applicationToken"));
        assertThat(event.path("auth").has("access_token")).isFalse();
        String callId = event.path("data").path("CALL_ID").asText();
        assertThat(portal.finish(callId, "7", 3).path("CALL_ID").asText()).isEqualTo(callId);
    }

    @Test
    void installationBringsTokensThatWork() {
        portal.post("_event", "{\"event\":\"ONAPPINSTALL\",\"handler\":\"" + url + "\"}");
        JsonNode auth = received.get(0).path("auth");
        portal.token(auth.path("access_token").asText());
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(auth.path("member_id")).isEqualTo(portal.auth().path("memberId"));
    }

    @Test
    void bindingTwiceIsRefusedAndUnbindingEndsIt() {
        String bind = "{\"event\":\"ONCRMCONTACTADD\",\"handler\":\"" + url + "\"}";
        portal.result("event.bind", bind);
        assertThat(portal.error("event.bind", bind))
                .isEqualTo("Unable to set event handler: Handler already binded");
        assertThat(portal.result("event.get", "{}")).hasSize(1);
        assertThat(portal.result("event.unbind", bind).path("count").asInt()).isEqualTo(1);
        portal.post("_event", "{\"event\":\"ONCRMCONTACTADD\"}");
        assertThat(received).isEmpty();
    }

    @Test
    void offlineEventsWaitAndAreHandedOutOnce() {
        portal.result(
                "event.bind", "{\"event\":\"OnExternalCallStart\",\"event_type\":\"offline\"}");
        portal.post(
                "_event",
                "{\"event\":\"ONEXTERNALCALLSTART\",\"data\":{\"USER_ID\":\"7\",\"PHONE_NUMBER\":\"+79161234567\"}}");
        JsonNode kept = portal.result("event.offline.get", "{\"clear\":0}");
        assertThat(kept.path("events").path(0).path("EVENT_DATA").path("CALL_ID").asText())
                .startsWith("externalCall.");
        assertThat(portal.result("event.offline.get", "{}").path("events")).isEmpty();
        String process = "{\"process_id\":\"" + kept.path("process_id").asText() + "\"}";
        portal.result("event.offline.clear", process);
        assertThat(portal.state().path("offline")).isEmpty();
    }
}
