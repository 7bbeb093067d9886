package org.trunkline.pbx.uis.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One notification as UIS filled a template in. Its values come as numbers or as text, and may be
 * missing: what UIS does not know, it leaves empty.
 *
 * @param session {@code call_session_id}, which all notifications of a call share
 */
record Notification(Kind kind, String session, JsonNode fields, String text) {

    private static final int MOST_NESTED = 32;

    private static final int LONGEST_SESSION = 100;

    /** Longer than a day no call lasts; UIS counts in whole seconds. */
    private static final long LONGEST_SECONDS = 86_400;

    private static final ObjectMapper MAPPER = mapper();

    private static ObjectMapper mapper() {
        // A double would turn a time with a fraction into 1.7637231E9.
        ObjectMapper mapper =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build());
        return mapper;
    }

    /**
     * Reads a request's body, whatever content type it names: UIS lets people choose.
     *
     * @throws IllegalArgumentException naming the field and the cure
     */
    static Notification read(byte[] body) {
        String text = Placeholders.emptied(utf8(body));
        JsonNode fields = tree(text);
        if (!fields.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object; use our templates");
        }
        Kind kind =
                Kind.of(fields.path("kind").asText())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "kind is missing or unknown; one of "
                                                        + Kind.all()));
        Notification read = new Notification(kind, "", fields, text);
        String session =
                read.text("call_session_id")
                        .filter(id -> id.length() <= LONGEST_SESSION)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "call_session_id is missing or too long; tick it"
                                                        + " among the notification's parameters"));
        return new Notification(kind, session, fields, text);
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body is not UTF-8", e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A value; empty if UIS had none. */
    Optional<String> text(String name) {
        return text(fields.path(name));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** Several values, whether UIS wrote them as an array or into one text. */
    List<String> texts(String name) {
        JsonNode value = fields.path(name);
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(each -> text(each).ifPresent(texts::add));
            return texts;
        }
        return text(value).stream()
                .flatMap(all -> Arrays.stream(all.split("[\\[\\],;\"]")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** A yes or no; empty if UIS had none. */
    Optional<Boolean> flag(String name) {
        return text(name)
                .flatMap(
                        word ->
                                switch (word) {
                                    case "true", "1" -> Optional.of(true);
                                    case "false", "0" -> Optional.of(false);
                                    default -> Optional.empty();
                                });
    }

    /** A duration in whole seconds, 0 to a day. */
    Optional<Duration> seconds(String name) {
        return text(name)
                .filter(digits -> digits.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .filter(seconds -> seconds <= LONGEST_SECONDS)
                .map(Duration::ofSeconds);
    }

    /**
     * When UIS sent it. Not by {@code notification_time}, which is in the account's own time zone
     * without saying in which.
     */
    Optional<Instant> at() {
        return text("notification_timestamp")
                .filter(seconds -> seconds.matches("\\d{9,10}(\\.\\d{1,9})?"))
                .map(BigDecimal::new)
                .map(seconds -> Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
    }
}
