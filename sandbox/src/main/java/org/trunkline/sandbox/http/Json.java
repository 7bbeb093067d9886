package org.trunkline.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;

/** The few JSON operations that every simulator needs. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectMapper PRETTY =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * Reads a document.
     *
     * @throws BadRequest with the parser's complaint when {@code text} is not JSON
     */
    public static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null ? object() : node;
        } catch (JsonProcessingException e) {
            throw new BadRequest("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    public static String write(JsonNode node) {
        return write(MAPPER, node);
    }

    public static String pretty(JsonNode node) {
        return write(PRETTY, node);
    }

    /** PHP writes an empty map as {@code []}: so do the portals that run on it. */
    public static JsonNode phpMap(ObjectNode map) {
        return map.isEmpty() ? array() : map;
    }

    /** A member by its name in any letter case, as vendors take their root parameters. */
    public static Optional<JsonNode> member(JsonNode node, String name) {
        JsonNode exact = node.get(name);
        if (exact != null) {
            return present(exact);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String candidate = names.next();
            if (candidate.equalsIgnoreCase(name)) {
                return present(node.get(candidate));
            }
        }
        return Optional.empty();
    }

    /** The text of a member, "" when it is absent, null or not a scalar. */
    public static String text(JsonNode node, String name) {
        return member(node, name).filter(JsonNode::isValueNode).map(JsonNode::asText).orElse("");
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static String write(ObjectMapper mapper, JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree could not be written", e);
        }
    }
}
