package org.trunkline.pbx.uis.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Company;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.Json;
import org.trunkline.model.Leg;

/**
 * One call as UIS tells it: parameters for our own templates, filled in as UIS fills them in, and
 * the call that must come of it, worked out by hand. Times in both are seconds from the beginning.
 */
record Sequence(String name, JsonNode document) {

    static final Instant BEGIN = Instant.parse("2026-11-21T11:05:00Z");

    static final List<String> NAMES =
            List.of(
                    "inbound-answered",
                    "missed",
                    "lost-in-menu",
                    "group",
                    "group-lost",
                    "outgoing",
                    "outgoing-unanswered",
                    "not-served",
                    "blind-transfer",
                    "attended-transfer",
                    "transfer-unanswered",
                    "transfer-chain",
                    "recorded-later",
                    "only-the-end");

    /** The templates as shipped. */
    static final Path TEMPLATES = Path.of("../../config/uis");

    static final Company ACME = acme();

    private static Company acme() {
        String document =
                """
                {"name":"Acme","region":"RU","pbx":[{"id":"office","kind":"uis","token":"t","webhookSecret":"s3cret",
                 "lines":[{"number":"+74951000002","kind":"multichannel","main":true}],
                 "employees":[{"id":"5501","extension":"201","name":"Иван Петров"},
                              {"id":"anna","extension":"202","name":"Анна Орлова","number":"+79160000202"},
                              {"id":"sergey","extension":"203","name":"Сергей Ким"}]}],
                 "portals":[],"integrations":[]}
                """;
        CompanyDocument.Outcome read =
                CompanyDocument.read("acme", Json.tree(document), Map.of(), Set.of());
        if (!read.faults().isEmpty()) {
            throw new IllegalStateException(read.faults().toString());
        }
        return read.company();
    }

    static Sequence of(String name) {
        try (InputStream in = Sequence.class.getResourceAsStream("/calls/" + name + ".json")) {
            return new Sequence(
                    name, Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bodies as they arrive, in order. */
    List<String> bodies() {
        return bodies("null");
    }

    /**
     * @param unknown what UIS puts in place of a parameter that it has no value for
     */
    List<String> bodies(String unknown) {
        List<String> bodies = new ArrayList<>();
        for (JsonNode notification : document.path("notifications")) {
            ObjectNode values = document.path("params").deepCopy();
            notification
                    .path("params")
                    .properties()
                    .forEach(p -> values.set(p.getKey(), p.getValue()));
            Instant at = BEGIN.plusSeconds(notification.path("at").asLong());
            values.put("notification_timestamp", at.getEpochSecond());
            bodies.add(filled(template(notification.path("kind").asText()), values, unknown));
        }
        return bodies;
    }

    static String template(String kind) {
        try {
            return Files.readString(TEMPLATES.resolve(kind + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String template, ObjectNode values, String unknown) {
        return Pattern.compile("\\{\\{(\\w+)}}")
                .matcher(template)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        values.has(found.group(1))
                                                ? values.path(found.group(1)).toString()
                                                : unknown.equals("as it stands")
                                                        ? found.group()
                                                        : unknown));
    }

    /** What the journal holds after these bodies: each native id once. */
    static List<CallEvent> journal(List<String> bodies) {
        Map<String, CallEvent> journal = new LinkedHashMap<>();
        Instant receivedAt = BEGIN.plus(Duration.ofHours(1));
        for (String body : bodies) {
            Notification notification = Notification.read(body.getBytes(StandardCharsets.UTF_8));
            receivedAt = receivedAt.plusMillis(250);
            keep(journal, new Translator(ACME, ACME.pbx().get(0)).events(notification, receivedAt));
            keep(journal, Transfers.in(List.copyOf(journal.values())));
        }
        return List.copyOf(journal.values());
    }

    private static void keep(Map<String, CallEvent> journal, List<CallEvent> events) {
        events.forEach(event -> journal.putIfAbsent(event.nativeId().orElseThrow(), event));
    }

    /** The call that the bodies make. */
    static Call call(List<String> bodies) {
        List<CallEvent> journal = journal(bodies);
        CallFold fold = CallFold.of("acme", "office", journal.get(0).callKey());
        for (CallEvent event : journal) {
            fold = fold.with(event);
        }
        return fold.call();
    }

    /** In the shape of the expectation. */
    static String shown(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("direction", call.direction().orElseThrow().name().toLowerCase());
        json.put("client", call.client().orElseThrow().value());
        json.put("line", call.line().orElseThrow().value());
        json.put("result", call.result().orElseThrow().name().toLowerCase());
        json.put("started", offset(call.startedAt()));
        call.answeredAt().ifPresent(at -> json.put("answered", offset(at)));
        json.put("ended", offset(call.endedAt().orElseThrow()));
        json.put("talkSeconds", call.talkSeconds());
        ArrayNode legs = json.putArray("legs");
        call.legs().forEach(leg -> legs.add(shown(call, leg)));
        ArrayNode recordings = json.putArray("recordings");
        call.recordings().forEach(recording -> recordings.add(recording.source()));
        json.set("attributes", Json.MAPPER.valueToTree(call.attributes()));
        return sorted(json);
    }

    private static ObjectNode shown(Call call, Leg leg) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("extension", leg.extension().orElseThrow());
        leg.ringingAt().ifPresent(at -> json.put("ringing", offset(at)));
        leg.answeredAt().ifPresent(at -> json.put("answered", offset(at)));
        leg.endedAt().ifPresent(at -> json.put("ended", offset(at)));
        leg.result().ifPresent(result -> json.put("result", result.name().toLowerCase()));
        Optional<String> from = leg.transferredFrom().flatMap(call::leg).flatMap(Leg::extension);
        from.ifPresent(extension -> json.put("transferredFrom", extension));
        leg.transfer().ifPresent(kind -> json.put("transfer", kind.name().toLowerCase()));
        return json;
    }

    /** As {@link #shown}. */
    String expected() {
        return sorted(document.path("expected"));
    }

    private static String sorted(JsonNode json) {
        try {
            Object plain = Json.MAPPER.treeToValue(json, Object.class);
            return Json.MAPPER
                    .writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .withDefaultPrettyPrinter()
                    .writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long offset(Instant at) {
        return Duration.between(BEGIN, at).toSeconds();
    }
}
