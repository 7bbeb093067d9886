package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** What Mango is asked: a wrong request costs the next ones a lock-out of two minutes. */
final class MangoApiCloud implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOCK = Duration.ofMinutes(2);
    private static final int MOST_IDS = 500;

    private final HttpServer server;
    private final Map<String, List<List<String>>> texts = new ConcurrentHashMap<>();
    private Instant wrongAt = Instant.MIN;

    MangoApiCloud() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/vpbx/queries/recording_transcripts", this::transcripts);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/vpbx";
    }

    /**
     * Speech analytics are done with a recording.
     *
     * @param phrases each {@code operator} or {@code client}, and what was said
     */
    void recognised(String recording, List<List<String>> phrases) {
        texts.put(recording, phrases);
    }

    private synchronized void transcripts(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        String json = form.getOrDefault("json", "");
        JsonNode ids = Http.parse(Http.parse(json).path("recording_id").asText("[]"));
        if (wrongAt.plus(LOCK).isAfter(Instant.now())) {
            send(exchange, 401, "{\"name\":\"Unauthorized\",\"code\":0,\"status\":401}");
        } else if (!MangoCloud.KEY.equals(form.get("vpbx_api_key"))) {
            refuse(exchange, 3105);
        } else if (!MangoCloud.sign(json).equals(form.get("sign"))) {
            refuse(exchange, 3102);
        } else if (ids.isEmpty() || ids.size() > MOST_IDS) {
            refuse(exchange, 3103);
        } else {
            send(exchange, 200, answer(ids).toString());
        }
    }

    private ObjectNode answer(JsonNode ids) {
        ObjectNode answer = JSON.createObjectNode().put("result", 1000);
        ArrayNode data = answer.putArray("data");
        for (JsonNode id : ids) {
            if (texts.containsKey(id.asText())) {
                ObjectNode one = data.addObject().put("recording_id", id.asText());
                one.putObject("names").put("client", "Клиент").put("operator", "Сотрудник");
                one.set("phrases", JSON.valueToTree(texts.get(id.asText())));
            }
        }
        return answer;
    }

    private void refuse(HttpExchange exchange, int result) throws IOException {
        wrongAt = Instant.now();
        send(exchange, 200, "{\"result\":" + result + "}");
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
