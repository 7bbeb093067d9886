package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.trunkline.sandbox.http.Json;

/** {@code filter}, {@code query} and {@code order} of lists. Unknown filters are passed over. */
final class EntityFilter {
    private static final List<String> EXACT =
            List.of(
                    "id",
                    "name",
                    "responsible_user_id",
                    "created_by",
                    "updated_by",
                    "pipeline_id",
                    "price",
                    "entity_id",
                    "entity_type",
                    "note_type",
                    "is_completed",
                    "task_type");
    private static final List<String> RANGES =
            List.of("updated_at", "created_at", "closed_at", "complete_till");
    private static final Set<String> ORDERS =
            Set.of("updated_at", "created_at", "id", "complete_till");

    private EntityFilter() {}

    static Predicate<JsonNode> of(ApiCall call) {
        Predicate<JsonNode> all = row -> true;
        for (String field : EXACT) {
            Set<String> wanted = call.filtered(field);
            if (!wanted.isEmpty()) {
                all = all.and(row -> wanted.contains(row.path(field).asText()));
            }
        }
        for (String field : RANGES) {
            JsonNode range = call.filter(field);
            if (!range.isMissingNode()) {
                all = all.and(row -> within(row.path(field).asLong(), range));
            }
        }
        if (!call.filter("statuses").isMissingNode()) {
            all = all.and(row -> hasStatus(row, call.filter("statuses")));
        }
        String query = Json.text(call.query(), "query");
        return query.isEmpty() ? all : all.and(Search.of(query)::finds);
    }

    /** By {@code order}, else by id. */
    static void sort(ApiCall call, List<ObjectNode> rows) {
        String field = "id";
        boolean descending = false;
        for (Map.Entry<String, JsonNode> order : call.query().path("order").properties()) {
            if (ORDERS.contains(order.getKey())) {
                field = order.getKey();
                descending = order.getValue().asText().equalsIgnoreCase("desc");
            }
        }
        String by = field;
        Comparator<ObjectNode> comparator = Comparator.comparingLong(row -> row.path(by).asLong());
        rows.sort(descending ? comparator.reversed() : comparator);
    }

    /** One time means from it on. */
    private static boolean within(long time, JsonNode range) {
        if (range.isValueNode()) {
            return time >= range.asLong();
        }
        return time >= range.path("from").asLong(Long.MIN_VALUE)
                && time <= range.path("to").asLong(Long.MAX_VALUE);
    }

    private static boolean hasStatus(JsonNode row, JsonNode statuses) {
        for (JsonNode status : statuses) {
            if (row.path("status_id").asText().equals(Json.text(status, "status_id"))
                    && row.path("pipeline_id").asText().equals(Json.text(status, "pipeline_id"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Fuzzy over the filled fields: digits match inside digits, and ten digits or less by their
     * last seven, so that strangers are found as well; +7 and 8 before a number are different.
     */
    private record Search(String text, String digits) {
        private static final int BY_LAST = 7;
        private static final int WITHOUT_COUNTRY = 10;

        static Search of(String query) {
            boolean number = query.matches("[\\d\\s()+-]+") && Digits.all(query).length() >= 4;
            return new Search(query.toLowerCase(Locale.ROOT), number ? Digits.all(query) : "");
        }

        boolean finds(JsonNode row) {
            if (contains(row.path("name"))) {
                return true;
            }
            for (JsonNode field : row.path("custom_fields_values")) {
                for (JsonNode value : field.path("values")) {
                    if (contains(value.path("value")) || similar(value.path("value"))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean contains(JsonNode value) {
            return value.asText().toLowerCase(Locale.ROOT).contains(text);
        }

        private boolean similar(JsonNode value) {
            if (digits.isEmpty()) {
                return false;
            }
            String has = Digits.all(value.asText());
            boolean byLast = digits.length() >= BY_LAST && digits.length() <= WITHOUT_COUNTRY;
            return has.contains(digits)
                    || (byLast && has.endsWith(digits.substring(digits.length() - BY_LAST)));
        }
    }
}
