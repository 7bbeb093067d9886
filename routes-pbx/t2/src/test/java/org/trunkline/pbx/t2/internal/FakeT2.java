package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.trunkline.model.Json;

/**
 * A t2 of the test's own, as its API is described: bare tokens, refresh tokens good for one use.
 */
final class FakeT2 implements AutoCloseable {

    static final String BASE = "/crm/openapi";

    volatile String calls = "[]";
    volatile String pending = "[]";
    final List<JsonNode> records = new CopyOnWriteArrayList<>();

    /** Answers of speech recognition by file. */
    final Map<String, String> texts = new ConcurrentHashMap<>();

    /** Recordings by file. */
    final Map<String, byte[]> sounds = new ConcurrentHashMap<>();

    /** Files whose text was asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The tokens that count now. */
    volatile String access = "a0";

    volatile String refresh = "r0";

    /** Answered instead, unless 0. */
    volatile int outage;

    /** What happens elsewhere while t2 renews. */
    volatile Runnable meanwhile = () -> {};

    final AtomicInteger renewals = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final List<String> userAgents = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    FakeT2() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE + "/monitoring/calls", x -> guarded(x, this::live));
        server.createContext(BASE + "/call-records/info", x -> guarded(x, this::records));
        server.createContext(BASE + "/call-records/file/stt", this::text);
        server.createContext(BASE + "/call-records/file", this::sound);
        server.createContext(BASE + "/authorization/refresh/token", this::renew);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BASE;
    }

    private interface Answer {
        String to(HttpExchange exchange);
    }

    private void guarded(HttpExchange exchange, Answer answer) throws IOException {
        userAgents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
        if (outage != 0) {
            send(exchange, outage, error(outage));
        } else if (!access.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, error(403));
        } else if (!exchange.getRequestMethod().equals("GET")) {
            send(exchange, 405, error(405));
        } else {
            send(exchange, 200, answer.to(exchange));
        }
    }

    private String live(HttpExchange exchange) {
        if (exchange.getRequestURI().getPath().endsWith("/pending")) {
            looks.incrementAndGet();
            return pending;
        }
        return calls;
    }

    private String records(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String each : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] pair = each.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        OffsetDateTime start = OffsetDateTime.parse(query.get("start"));
        OffsetDateTime end = OffsetDateTime.parse(query.get("end"));
        int page = Integer.parseInt(query.get("page"));
        int size = Integer.parseInt(query.get("size"));
        ArrayNode found = Json.MAPPER.createArrayNode();
        records.stream()
                .filter(
                        record -> {
                            OffsetDateTime at = OffsetDateTime.parse(record.path("date").asText());
                            return !at.isBefore(start) && !at.isAfter(end);
                        })
                .skip((long) page * size)
                .limit(size)
                .forEach(found::add);
        return found.toString();
    }

    private void sound(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery().replace("filename=", "");
        byte[] sound = sounds.get(URLDecoder.decode(query, StandardCharsets.UTF_8));
        if (!access.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, error(403));
        } else if (sound == null) {
            send(exchange, 404, error(404));
        } else {
            exchange.getResponseHeaders().set("Content-Type", "audio/mpeg");
            exchange.sendResponseHeaders(200, sound.length);
            exchange.getResponseBody().write(sound);
            exchange.close();
        }
    }

    private void text(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery().replace("filename=", "");
        String file = URLDecoder.decode(query, StandardCharsets.UTF_8);
        asked.add(file);
        if (!access.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, error(403));
        } else if (texts.containsKey(file)) {
            send(exchange, 200, texts.get(file));
        } else {
            send(exchange, 404, error(404));
        }
    }

    private void renew(HttpExchange exchange) throws IOException {
        boolean right =
                exchange.getRequestMethod().equals("PUT")
                        && refresh.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!right) {
            send(exchange, 403, error(403));
            return;
        }
        int number = renewals.incrementAndGet();
        meanwhile.run();
        access = "a" + number;
        refresh = "r" + number;
        send(
                exchange,
                200,
                "{\"accessToken\":\"" + access + "\",\"refreshToken\":\"" + refresh + "\"}");
    }

    private static String error(int status) {
        return "{\"timestamp\":\"2026-11-21T14:05:00\",\"status\":" + status + ",\"error\":\"x\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
