package org.trunkline.pbx.mango.internal.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The {@code json} field of one of Mango's messages. Mango writes the same field now as a number,
 * now as a text, so both are read everywhere.
 *
 * @param text as signed; never written anew
 */
record NativeMessage(String text, JsonNode json) {

    private static final int MOST_NESTED = 32;

    /** In characters. Mango promises at most 128 bytes. */
    private static final int LONGEST_ID = 200;

    /** The year 2100: a time beyond it is no time in seconds. */
    private static final long LATEST = 4_102_444_800L;

    private static final ObjectMapper MAPPER = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build());
        return mapper;
    }

    /**
     * @throws IllegalArgumentException if the text is no JSON object
     */
    static NativeMessage read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.isObject()) {
                throw new IllegalArgumentException("json must be an object");
            }
            return new NativeMessage(text, json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A part of the message, such as {@code from}; empty in it what is absent. */
    NativeMessage part(String name) {
        JsonNode part = json.path(name);
        return new NativeMessage(text, part.isObject() ? part : MissingNode.getInstance());
    }

    /** Empty for an absent or blank field. */
    Optional<String> text(String name) {
        return Optional.of(json.path(name))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(value -> value.asText().strip())
                .filter(value -> !value.isEmpty());
    }

    boolean has(String name) {
        return text(name).isPresent();
    }

    /**
     * @throws IllegalArgumentException if the field is absent or longer than any id of Mango
     */
    String id(String name) {
        String id = text(name).orElseThrow(() -> absent(name));
        if (id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(name + " is longer than " + LONGEST_ID);
        }
        return id;
    }

    /** Absent or not a whole number: 0. */
    long number(String name) {
        return text(name).filter(t -> t.matches("[0-9]{1,18}")).map(Long::parseLong).orElse(0L);
    }

    /** Seconds since 1970; 0 and what is no time are empty. */
    Optional<Instant> time(String name) {
        long seconds = number(name);
        return seconds > 0 && seconds < LATEST
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    /**
     * @throws IllegalArgumentException if the field is absent or no time
     */
    Instant mustTime(String name) {
        return time(name).orElseThrow(() -> absent(name));
    }

    private static IllegalArgumentException absent(String name) {
        return new IllegalArgumentException(name + " is missing or wrong");
    }
}
