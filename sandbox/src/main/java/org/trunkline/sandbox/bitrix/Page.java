package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.trunkline.sandbox.http.Json;

/** Lists of 50: filtered, ordered, cut and counted. */
final class Page {
    static final int SIZE = 50;

    private Page() {}

    /**
     * @param filter conditions on the rows' own field names
     * @param order field to ASC or DESC; empty = by ID
     * @param start offset; -1 = do not count
     */
    static RestResult of(
            Collection<ObjectNode> rows,
            JsonNode filter,
            Map<String, String> order,
            int start,
            Function<ObjectNode, JsonNode> shape) {
        List<ObjectNode> all = sorted(rows, filter, order);
        int from = Math.min(Math.max(0, start), all.size());
        int to = Math.min(from + SIZE, all.size());
        ArrayNode out = Json.array();
        all.subList(from, to).forEach(row -> out.add(shape.apply(row)));
        if (start < 0) {
            return RestResult.of(out);
        }
        return new RestResult(
                out, Optional.of(all.size()), to < all.size() ? Optional.of(to) : Optional.empty());
    }

    static List<ObjectNode> sorted(
            Collection<ObjectNode> rows, JsonNode filter, Map<String, String> order) {
        return rows.stream().filter(Filter.of(filter)).sorted(by(order)).toList();
    }

    static Map<String, String> order(JsonNode given) {
        Map<String, String> order = new java.util.LinkedHashMap<>();
        given.properties().forEach(e -> order.put(e.getKey(), e.getValue().asText("ASC")));
        return order;
    }

    private static Comparator<ObjectNode> by(Map<String, String> order) {
        Comparator<ObjectNode> by = null;
        for (Map.Entry<String, String> field : order.entrySet()) {
            Comparator<ObjectNode> one =
                    (a, b) ->
                            Filter.order(
                                    Json.text(a, field.getKey()), Json.text(b, field.getKey()));
            one = field.getValue().equalsIgnoreCase("DESC") ? one.reversed() : one;
            by = by == null ? one : by.thenComparing(one);
        }
        return by == null ? (a, b) -> Filter.order(Json.text(a, "ID"), Json.text(b, "ID")) : by;
    }
}
