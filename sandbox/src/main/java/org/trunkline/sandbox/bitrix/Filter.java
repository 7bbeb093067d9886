package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.trunkline.sandbox.http.Json;

/** The portal's filters: an operator may stand before the field's name. */
final class Filter {
    private static final List<String> OPERATORS =
            List.of("!=", ">=", "<=", "!%", "!@", "=%", "=", "!", ">", "<", "%", "@");

    private Filter() {}

    /** True for rows that meet every condition of {@code given}. */
    static Predicate<JsonNode> of(JsonNode given) {
        Predicate<JsonNode> all = row -> true;
        for (Map.Entry<String, JsonNode> condition : given.properties()) {
            all = all.and(condition(condition.getKey(), condition.getValue()));
        }
        return all;
    }

    /** The field's name without its operator. */
    static String field(String key) {
        return key.substring(operator(key).length());
    }

    static String operator(String key) {
        return OPERATORS.stream().filter(key::startsWith).findFirst().orElse("");
    }

    private static Predicate<JsonNode> condition(String key, JsonNode wanted) {
        String operator = operator(key);
        String field = field(key);
        return switch (operator) {
            case "!", "!=", "!@" -> row -> !anyEqual(row, field, wanted);
            case ">" -> row -> compare(row, field, wanted) > 0;
            case ">=" -> row -> compare(row, field, wanted) >= 0;
            case "<" -> row -> compare(row, field, wanted) < 0;
            case "<=" -> row -> compare(row, field, wanted) <= 0;
            case "%", "=%" -> row -> contains(row, field, wanted);
            case "!%" -> row -> !contains(row, field, wanted);
            default -> row -> anyEqual(row, field, wanted);
        };
    }

    private static boolean anyEqual(JsonNode row, String field, JsonNode wanted) {
        if (wanted.isArray()) {
            return StreamSupport.stream(wanted.spliterator(), false)
                    .anyMatch(one -> anyEqual(row, field, one));
        }
        JsonNode has = Json.member(row, field).orElseGet(() -> Json.object().textNode(""));
        if (has.isArray()) {
            return StreamSupport.stream(has.spliterator(), false)
                    .map(item -> item.isObject() ? item.path("VALUE") : item)
                    .anyMatch(item -> phoneOrText(item.asText(), wanted.asText()));
        }
        return text(has).equals(text(wanted)) || order(text(has), text(wanted)) == 0;
    }

    private static boolean phoneOrText(String has, String wanted) {
        String number = PhoneNumbers.normalise(wanted);
        return has.equals(wanted)
                || (!number.isEmpty() && PhoneNumbers.normalise(has).equals(number));
    }

    private static boolean contains(JsonNode row, String field, JsonNode wanted) {
        String part = wanted.asText().replace("%", "").toLowerCase(Locale.ROOT);
        return Json.text(row, field).toLowerCase(Locale.ROOT).contains(part);
    }

    private static int compare(JsonNode row, String field, JsonNode wanted) {
        return order(Json.text(row, field), wanted.asText());
    }

    /** Numbers as numbers, times as times, the rest as text. */
    static int order(String left, String right) {
        try {
            return new BigDecimal(left).compareTo(new BigDecimal(right));
        } catch (NumberFormatException notNumbers) {
            try {
                return OffsetDateTime.parse(left)
                        .toInstant()
                        .compareTo(OffsetDateTime.parse(right).toInstant());
            } catch (DateTimeException notTimes) {
                return left.compareTo(right);
            }
        }
    }

    private static String text(JsonNode node) {
        if (node.isBoolean()) {
            return node.asBoolean() ? "Y" : "N";
        }
        return switch (node.asText()) {
            case "true" -> "Y";
            case "false" -> "N";
            default -> node.asText();
        };
    }
}
