package org.trunkline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What goes back.
 *
 * @param delivery how much of it reaches the client
 */
public record Reply(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        Delivery delivery) {

    /** Faults of the wire that a simulator can be told to show. */
    public sealed interface Delivery {
        /** The reply arrives. */
        record Whole() implements Delivery {}

        /** The connection is closed without a byte of reply. */
        record Nothing() implements Delivery {}

        /** The connection is closed in the middle of the body. */
        record Half() implements Delivery {}

        /** The body trickles, one byte at a time. */
        record Drip(Duration perByte) implements Delivery {}
    }

    public static Reply json(int status, JsonNode body) {
        return of(status, "application/json; charset=utf-8", Json.write(body));
    }

    public static Reply prettyJson(JsonNode body) {
        return of(200, "application/json; charset=utf-8", Json.pretty(body));
    }

    public static Reply html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    public static Reply bytes(String contentType, byte[] body) {
        return new Reply(200, contentType, body, Map.of(), new Delivery.Whole());
    }

    public static Reply empty(int status) {
        return new Reply(status, "", new byte[0], Map.of(), new Delivery.Whole());
    }

    public static Reply redirect(int status, String location) {
        return new Reply(
                status, "", new byte[0], Map.of("Location", location), new Delivery.Whole());
    }

    public static Reply problem(int status, String detail) {
        var body =
                Json.object().put("status", status).put("title", "sandbox").put("detail", detail);
        return of(status, "application/problem+json", Json.write(body));
    }

    public Reply delivered(Delivery how) {
        return new Reply(status, contentType, body, headers, how);
    }

    /** The same with one header more. */
    public Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, Map.copyOf(more), delivery);
    }

    /** Text of any type. */
    public static Reply of(int status, String type, String text) {
        return new Reply(
                status,
                type,
                text.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                new Delivery.Whole());
    }
}
