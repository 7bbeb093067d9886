package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * UIS: our templates as they are shipped, filled in as UIS fills them in. The calls are those of
 * the translator's tests.
 */
final class UisCloud implements NativePbx {

    static final String SECRET = "uis-webhook-secret-of-tests";
    private static final Path CALLS =
            Checkout.root().resolve("routes-pbx/uis/src/test/resources/calls");
    private static final Path TEMPLATES = Checkout.root().resolve("config/uis");

    static final int SOUND_BYTES = 30_000;

    private final HttpServer media;
    private volatile int withheld;
    private final Http hub;
    private final String company;
    private final AtomicInteger sessions = new AtomicInteger(900_000);

    UisCloud(Hub hub, String company) {
        this.hub = hub.stranger();
        this.company = company;
        try {
            media =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        media.createContext("/system/media/talk/", this::lead);
        media.createContext("/stored/", this::sound);
        media.start();
    }

    /** Links lead to where the sound lies. */
    private void lead(HttpExchange exchange) throws IOException {
        String talk = exchange.getRequestURI().getPath().replace("/system/media/talk/", "");
        exchange.getResponseHeaders().set("Location", "/stored/" + talk);
        exchange.sendResponseHeaders(308, -1);
        exchange.close();
    }

    private void sound(HttpExchange exchange) throws IOException {
        boolean there = !exchange.getRequestURI().getPath().contains("/" + withheld + "/");
        exchange.getResponseHeaders().set("Content-Type", there ? "audio/mpeg" : "text/html");
        exchange.sendResponseHeaders(there ? 200 : 404, SOUND_BYTES);
        exchange.getResponseBody().write(new byte[SOUND_BYTES]);
        exchange.close();
    }

    /** The recording of the next call is not there until {@link #recorded}. */
    void withholdNext() {
        withheld = sessions.get() + 1;
    }

    void recorded() {
        withheld = 0;
    }

    private String address() {
        return "http://127.0.0.1:" + media.getAddress().getPort();
    }

    @Override
    public void close() {
        media.stop(0);
    }

    @Override
    public void describe(ObjectNode account) {
        account.put("kind", "uis").put("token", "uis-token").put("webhookSecret", SECRET);
        account.put("api", address());
    }

    @Override
    public void play(String call, String client) {
        JsonNode document = Http.parse(read(CALLS, call));
        int session = sessions.incrementAndGet();
        Instant begin = Instant.now().minusSeconds(60);
        for (JsonNode notification : document.path("notifications")) {
            ObjectNode values = document.path("params").deepCopy();
            notification
                    .path("params")
                    .properties()
                    .forEach(p -> values.set(p.getKey(), p.getValue()));
            Instant at = begin.plusSeconds(notification.path("at").asLong());
            values.put("notification_timestamp", at.getEpochSecond());
            values.put("call_session_id", session);
            values.put("contact_phone_number", client.substring(1));
            if (values.has("file_link")) {
                values.put("file_link", address() + "/system/media/talk/" + session + "/a1b2/");
            }
            String body = filled(read(TEMPLATES, notification.path("kind").asText()), values);
            PresetCompany.accepted(hub.post("/pbx/uis/" + company + "/office/" + SECRET, body));
        }
    }

    private static String filled(String template, ObjectNode values) {
        return Pattern.compile("\\{\\{(\\w+)}}")
                .matcher(template)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        values.has(found.group(1))
                                                ? values.path(found.group(1)).toString()
                                                : "null"));
    }

    private static String read(Path folder, String name) {
        try {
            return Files.readString(folder.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
