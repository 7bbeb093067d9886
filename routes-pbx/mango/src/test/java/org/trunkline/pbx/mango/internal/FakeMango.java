package org.trunkline.pbx.mango.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.Json;

/** Mango's API as its document has it: signed forms, texts by recording, refusals by code. */
final class FakeMango implements AutoCloseable {

    static final String KEY = "fh5g6m2xqvapikey";
    static final String SALT = "s4lt-7d1c0fexample";

    /** Phrases by recording, each a side and what it said. */
    final Map<String, List<List<String>>> texts = new ConcurrentHashMap<>();

    /** What lies in Mango's store. */
    final Map<String, byte[]> sounds = new ConcurrentHashMap<>();

    /** Recordings that it does not give, with its code. */
    final Map<String, Integer> refused = new ConcurrentHashMap<>();

    /** Where it leads for a recording, instead of to its store. */
    final Map<String, String> leadTo = new ConcurrentHashMap<>();

    private final Map<String, byte[]> links = new ConcurrentHashMap<>();

    /** The ids of each request that was in order. */
    final List<List<String>> asked = new CopyOnWriteArrayList<>();

    /** Answered instead, unless 0. */
    volatile int outage;

    volatile int requests;

    private final HttpServer server;

    FakeMango() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/vpbx/queries/recording_transcripts", this::transcripts);
        server.createContext("/vpbx/queries/recording/post", this::recording);
        server.createContext("/files/", this::file);
        server.start();
    }

    String address() {
        return host() + "/vpbx";
    }

    private String host() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void transcripts(HttpExchange exchange) throws IOException {
        String json = inOrder(exchange);
        if (!json.isEmpty()) {
            send(exchange, 200, answer(json));
        }
    }

    /** Leads to an address that is good for one use. */
    private synchronized void recording(HttpExchange exchange) throws IOException {
        String json = inOrder(exchange);
        String id = json.isEmpty() ? "" : Json.tree(json).path("recording_id").asText();
        if (refused.containsKey(id)) {
            send(exchange, 200, "{\"result\":" + refused.get(id) + "}");
        } else if (leadTo.containsKey(id)) {
            exchange.getResponseHeaders().set("Location", leadTo.get(id));
            send(exchange, 302, "");
        } else if (sounds.containsKey(id)) {
            String once = "/files/" + links.size();
            links.put(once, sounds.get(id));
            exchange.getResponseHeaders().set("Location", host() + once);
            send(exchange, 302, "");
        } else if (!json.isEmpty()) {
            send(exchange, 200, "{\"result\":5000}");
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        byte[] sound = links.put(exchange.getRequestURI().getPath(), new byte[0]);
        if (sound == null || sound.length == 0) {
            send(exchange, 410, "");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "audio/mpeg");
        exchange.sendResponseHeaders(200, sound.length);
        exchange.getResponseBody().write(sound);
        exchange.close();
    }

    /** The signed text; empty: it was refused. */
    private String inOrder(HttpExchange exchange) throws IOException {
        requests++;
        Map<String, String> form = form(exchange);
        String json = form.getOrDefault("json", "");
        if (outage != 0) {
            send(exchange, outage, "{\"name\":\"x\",\"status\":" + outage + "}");
        } else if (!KEY.equals(form.get("vpbx_api_key"))) {
            send(exchange, 200, "{\"result\":3105}");
        } else if (!sign(json).equals(form.get("sign"))) {
            send(exchange, 200, "{\"result\":3102}");
        } else {
            return json;
        }
        return "";
    }

    /** The ids stand as text within the text. */
    private String answer(String json) {
        List<String> ids = new ArrayList<>();
        Json.tree(Json.tree(json).path("recording_id").asText())
                .forEach(id -> ids.add(id.asText()));
        asked.add(ids);
        ObjectNode answer = Json.MAPPER.createObjectNode().put("result", 1000);
        ArrayNode data = answer.putArray("data");
        ids.stream()
                .filter(texts::containsKey)
                .forEach(
                        id -> {
                            ObjectNode one = data.addObject().put("recording_id", id);
                            one.putObject("names").put("client", "Клиент").put("operator", "Иван");
                            JsonNode phrases = Json.MAPPER.valueToTree(texts.get(id));
                            one.set("phrases", phrases);
                        });
        return answer.toString();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        Map<String, String> fields = new HashMap<>();
        for (String field : body.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String sign(String json) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest((KEY + json + SALT).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
