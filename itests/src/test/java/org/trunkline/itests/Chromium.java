package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A browser without a screen, driven by its DevTools protocol. It reaches this machine only. {@link
 * #close()} ends it.
 */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger serial = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<Integer, String> contexts = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Chromium(Process process, URI page) {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(page, new Listener())
                        .join();
    }

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param folder for its profile
     * @param width of the window, pixels
     */
    static Chromium start(Path folder, int width, int height) {
        try {
            Path log = folder.resolve("chromium.log");
            Process process =
                    new ProcessBuilder(
                                    PROGRAM.toString(),
                                    "--headless=new",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-dev-shm-usage",
                                    "--hide-scrollbars",
                                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1,"
                                            + " EXCLUDE localhost",
                                    "--remote-debugging-port=0",
                                    "--window-size=" + width + "," + height,
                                    "--user-data-dir=" + folder.resolve("profile"),
                                    "about:blank")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Chromium browser = new Chromium(process, page(folder.resolve("profile")));
            browser.command("Page.enable", Map.of());
            browser.command("Runtime.enable", Map.of());
            browser.command("Log.enable", Map.of());
            browser.command(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of(
                            "width",
                            width,
                            "height",
                            height,
                            "deviceScaleFactor",
                            1,
                            "mobile",
                            false));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the only tab, once the browser has written down its port. */
    private static URI page(Path profile) {
        Path file = profile.resolve("DevToolsActivePort");
        Awaitility.await("Chromium runs")
                .atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() > 1);
        try {
            String port = Files.readAllLines(file).get(0);
            Http http = new Http("http://127.0.0.1:" + port, Optional.empty());
            Awaitility.await("Chromium has a tab")
                    .atMost(PATIENCE)
                    .until(() -> http.json("/json/list").size() > 0);
            for (JsonNode target : http.json("/json/list")) {
                if (target.path("type").asText().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asText());
                }
            }
            throw new IllegalStateException("Chromium has no tab");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script that runs in every document before its own. */
    void before(String script) {
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    void open(String address) {
        complaints.clear();
        command("Page.navigate", Map.of("url", address));
    }

    /** What the script gives in the frame of that origin, as text; empty while there is none. */
    Optional<String> in(String origin, String script) {
        return contexts.entrySet().stream()
                .filter(context -> context.getValue().equals(origin))
                .map(Map.Entry::getKey)
                .max(Integer::compare)
                .map(
                        context ->
                                command(
                                        "Runtime.evaluate",
                                        Map.of(
                                                "expression",
                                                "String(" + script + ")",
                                                "contextId",
                                                context)))
                .map(reply -> reply.at("/result/result/value").asText());
    }

    void awaitIn(String origin, String script, String value) {
        Awaitility.await(script)
                .atMost(PATIENCE)
                .until(() -> in(origin, script).orElse("").contains(value));
    }

    /** Errors in the console so far, such as what a security policy stopped. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void screenshot(Path file) {
        JsonNode shot = command("Page.captureScreenshot", Map.of("format", "png"));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(shot.at("/result/data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode command(String method, Map<String, Object> parameters) {
        int id = serial.incrementAndGet();
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        asked.put(id, reply);
        socket.sendText(request.toString(), true).join();
        return reply.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void heard(JsonNode message) {
        if (message.has("id")) {
            Optional.ofNullable(asked.remove(message.path("id").asInt()))
                    .ifPresent(reply -> reply.complete(message));
            return;
        }
        switch (message.path("method").asText()) {
            case "Runtime.executionContextCreated" ->
                    contexts.put(
                            message.at("/params/context/id").asInt(),
                            message.at("/params/context/origin").asText());
            case "Runtime.executionContextDestroyed" ->
                    contexts.remove(message.at("/params/executionContextId").asInt());
            case "Runtime.executionContextsCleared" -> contexts.clear();
            case "Log.entryAdded" -> complaints.add(message.at("/params/entry/text").asText());
            case "Runtime.exceptionThrown" ->
                    complaints.add(message.at("/params/exceptionDetails").toString());
            default -> {
                // Much is told that no test asks for.
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit().join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = Http.parse(text.toString());
                text.setLength(0);
                heard(message);
            }
            from.request(1);
            return null;
        }
    }
}
