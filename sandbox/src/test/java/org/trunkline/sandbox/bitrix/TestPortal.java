package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.PortalClock;

/** A portal on a clock that jumps instead of waiting, reached without a network. */
final class TestPortal {
    static final String ADDRESS = "http://127.0.0.1:1/sandbox/bitrix24/main";
    private final TestClock clock = new TestClock();
    private final BitrixPortals portals =
            new BitrixPortals(name -> ADDRESS, () -> new PortalClock(clock, clock::advance));
    private final JsonNode auth;
    private String token;

    TestPortal() {
        auth = json(post("_install", "")).path("auth");
        token = auth.path("accessToken").asText();
    }

    static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-03-02T09:00:00Z");

        synchronized void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    TestClock clock() {
        return clock;
    }

    JsonNode auth() {
        return auth;
    }

    String token() {
        return token;
    }

    void token(String token) {
        this.token = token;
    }

    /** The reply to a method called by the application with JSON parameters. */
    Reply reply(String method, String json) {
        ObjectNode params = (ObjectNode) Json.parse(json);
        params.put("auth", token);
        return handle("POST", "rest/" + method, "", "application/json", Json.write(params));
    }

    /** The whole document of a reply. */
    JsonNode call(String method, String json) {
        return json(reply(method, json));
    }

    JsonNode result(String method, String json) {
        JsonNode body = call(method, json);
        if (!body.has("result")) {
            throw new AssertionError(method + " failed: " + body);
        }
        return body.get("result");
    }

    String error(String method, String json) {
        JsonNode body = call(method, json);
        if (!body.has("error")) {
            throw new AssertionError(method + " did not fail: " + body);
        }
        return body.get("error_description").asText();
    }

    /** A request by the portal's own inbound webhook. */
    Reply webhook(String method, String json) {
        String code = state().path("webhooks").path(0).path("CODE").asText();
        return handle("POST", "rest/1/" + code + "/" + method, "", "application/json", json);
    }

    Reply handle(String verb, String path, String query, String type, String body) {
        List<String> segments =
                Stream.concat(Stream.of("main"), Stream.of(path.split("/"))).toList();
        return portals.handle(
                new Request(
                        verb,
                        segments,
                        query,
                        type,
                        "10.0.0.1",
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    Reply post(String path, String body) {
        return handle("POST", path, "", "application/json", body);
    }

    JsonNode state() {
        return json(handle("GET", "_state", "", "", ""));
    }

    void put(String json) {
        Reply reply = handle("PUT", "_state", "", "application/json", json);
        if (reply.status() != 200) {
            throw new AssertionError(new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    void fault(String json) {
        post("_faults", json);
    }

    static JsonNode json(Reply reply) {
        return Json.parse(new String(reply.body(), StandardCharsets.UTF_8));
    }

    /** Registers an incoming call of user 7 and gives its CALL_ID. */
    String register(String phone, String more) {
        String params = "{\"USER_ID\":7,\"PHONE_NUMBER\":\"" + phone + "\",\"TYPE\":2" + more + "}";
        return result("telephony.externalCall.register", params).path("CALL_ID").asText();
    }

    JsonNode finish(String callId, String user, int seconds) {
        return result(
                "telephony.externalCall.finish",
                "{\"CALL_ID\":\""
                        + callId
                        + "\",\"USER_ID\":"
                        + user
                        + ",\"DURATION\":"
                        + seconds
                        + "}");
    }
}
