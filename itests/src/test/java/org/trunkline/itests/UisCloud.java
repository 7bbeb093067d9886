package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final String SECRET = "uis-webhook-secret-of-tests";
    private static final Path CALLS =
            Checkout.root().resolve("routes-pbx/uis/src/test/resources/calls");
    private static final Path TEMPLATES = Checkout.root().resolve("config/uis");

    private final Http hub;
    private final String company;
    private final AtomicInteger sessions = new AtomicInteger(900_000);

    UisCloud(Hub hub, String company) {
        this.hub = hub.stranger();
        this.company = company;
    }

    @Override
    public void describe(ObjectNode account) {
        account.put("kind", "uis").put("token", "uis-token").put("webhookSecret", SECRET);
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
