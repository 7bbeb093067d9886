package org.trunkline.itests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** t2's open API: who is on the line now, and the records of what is over. */
final class T2Cloud implements NativePbx {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/crm/openapi";

    private static final String TOKEN = "t2-access-token-of-tests";

    static final int SOUND_BYTES = 40_000;

    private final HttpServer server;
    private final Set<String> withheld = ConcurrentHashMap.newKeySet();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, List<ObjectNode>> live = new ConcurrentHashMap<>();
    private final List<ObjectNode> records = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    T2Cloud() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                BASE + "/monitoring/calls",
                x ->
                        answer(
                                x,
                                x.getRequestURI().getPath().endsWith("/pending")
                                        ? List.of()
                                        : now()));
        server.createContext(
                BASE + "/call-records/info",
                x ->
                        answer(
                                x,
                                x.getRequestURI().getQuery().contains("page=0")
                                        ? records
                                        : List.of()));
        server.createContext(BASE + "/call-records/file/stt", this::text);
        server.createContext(BASE + "/call-records/file", this::sound);
        server.start();
    }

    private List<ObjectNode> now() {
        looks.incrementAndGet();
        return live.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void describe(ObjectNode account) {
        account.put("kind", "t2").put("accessToken", TOKEN).put("refreshToken", "r");
        account.put("api", "http://127.0.0.1:" + server.getAddress().getPort() + BASE);
    }

    /** Rings at these employees until {@link #over}. */
    void rings(String client, String type, String... extensions) {
        live.put(client, List.of(extensions).stream().map(e -> row(client, type, e)).toList());
    }

    private static ObjectNode row(String client, String type, String extension) {
        ObjectNode row = JSON.createObjectNode().put("callType", type);
        return type.equals("OUTGOING")
                ? row.put("callerNumberShort", extension)
                        .put("calledNumberFull", client.substring(1))
                : row.put("callerNumberFull", client.substring(1))
                        .put("calledNumberShort", extension);
    }

    /**
     * The call is over, and its record is there.
     *
     * @param line the number that the client called; of an outgoing call the employee's
     * @param talk seconds
     */
    void over(String client, String type, String line, String extension, int talk) {
        live.remove(client);
        boolean out = type.equals("OUTGOING");
        ObjectNode record = JSON.createObjectNode();
        record.put("uuid", "record-" + client).put("callType", type);
        record.put(
                "date",
                OffsetDateTime.now(ZoneOffset.ofHours(3))
                        .minusSeconds(talk + 5L)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        record.put("callerNumber", out ? extension : client.substring(1));
        record.put("destinationNumber", out ? client.substring(1) : line.substring(1));
        if (!out && !extension.isEmpty()) {
            record.put("calleeNumber", extension);
        }
        record.put("callDuration", talk + 4).put("conversationDuration", talk);
        if (talk > 0) {
            record.put("recordFileName", file(client));
        }
        record.put("callStatus", talk > 0 ? "ANSWERED_COMMON" : "NOT_ANSWERED_COMMON");
        records.add(record);
    }

    private static String file(String client) {
        return client.substring(1) + ".mp3";
    }

    /** t2's speech recognition is done with the client's recorded call. */
    void recognised(String client, String words) {
        texts.put(file(client), words);
    }

    /** The recording of this client's call is not there until {@link #recorded}. */
    void withhold(String client) {
        withheld.add(file(client));
    }

    void recorded(String client) {
        withheld.remove(file(client));
    }

    private void sound(HttpExchange exchange) throws IOException {
        String file = exchange.getRequestURI().getQuery().replace("filename=", "");
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, "{}");
        } else if (withheld.contains(file)) {
            send(exchange, 404, "{}");
        } else {
            exchange.getResponseHeaders().set("Content-Type", "audio/mpeg");
            exchange.sendResponseHeaders(200, SOUND_BYTES);
            exchange.getResponseBody().write(new byte[SOUND_BYTES]);
            exchange.close();
        }
    }

    private void text(HttpExchange exchange) throws IOException {
        String file = exchange.getRequestURI().getQuery().replace("filename=", "");
        boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        send(
                exchange,
                known ? texts.containsKey(file) ? 200 : 404 : 403,
                texts.getOrDefault(file, "{}"));
    }

    @Override
    public void play(String call, String client) {
        switch (call) {
            case "answered" -> whole(client, "SINGLE_CHANNEL", "+74951000001", "201", 12);
            case "missed" -> whole(client, "MULTI_CHANNEL", "+74951000002", "201", 0);
            case "outgoing" -> whole(client, "OUTGOING", "", "201", 20);
            case "reached nobody" -> over(client, "MULTI_CHANNEL", "+74951000002", "", 0);
            default -> throw new IllegalArgumentException(call);
        }
    }

    private void whole(String client, String type, String line, String extension, int talk) {
        int seen = looks.get();
        rings(client, type, extension);
        Awaitility.await("the hub looks")
                .atMost(Duration.ofSeconds(60))
                .until(() -> looks.get() > seen + 1);
        over(client, type, line, extension, talk);
    }

    private static void answer(HttpExchange exchange, List<ObjectNode> rows) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        rows.forEach(array::add);
        send(exchange, 200, array.toString());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
