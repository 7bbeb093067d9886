package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trunkline.sandbox.http.Json;

/** {@code $result[key][FIELD]} inside a command of a batch. */
final class BatchReference {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$result((?:\\[[^\\]]*\\])+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)\\]");

    private BatchReference() {}

    /** What points at a failed or absent command gives an empty value. */
    static JsonNode resolve(String text, ObjectNode results) {
        Matcher reference = REFERENCE.matcher(text);
        if (reference.matches()) {
            return value(reference.group(1), results);
        }
        reference.reset();
        StringBuilder out = new StringBuilder();
        while (reference.find()) {
            String value = value(reference.group(1), results).asText();
            reference.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return TextNode.valueOf(reference.appendTail(out).toString());
    }

    private static JsonNode value(String steps, ObjectNode results) {
        JsonNode node = results;
        Matcher step = STEP.matcher(steps);
        while (step.find()) {
            String name = step.group(1);
            JsonNode at = node;
            node =
                    name.chars().allMatch(Character::isDigit) && !name.isEmpty() && at.isArray()
                            ? at.path(Integer.parseInt(name))
                            : at.path(name);
        }
        return node.isMissingNode() || node.isNull() ? Json.object().textNode("") : node;
    }
}
