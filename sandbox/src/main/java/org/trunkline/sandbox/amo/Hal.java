package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Answers in the HAL style; an empty list is a 204 without a body. */
final class Hal {
    private static final int PAGE = 50;
    private static final int MOST = 250;
    private static final String TYPE = "application/hal+json";

    private Hal() {}

    static Reply answer(JsonNode body) {
        return Reply.of(200, TYPE, Json.write(body));
    }

    static Reply answer(int status, JsonNode body) {
        return Reply.of(status, TYPE, Json.write(body));
    }

    /** {@code {"_links":…,"_embedded":{name:rows}}}: what a write answers. */
    static Reply written(ApiCall call, String name, ArrayNode rows) {
        ObjectNode out = Json.object();
        link(out, "self", call.portal().address() + call.address());
        out.putObject("_embedded").set(name, rows);
        return answer(out);
    }

    static Reply page(ApiCall call, String name, List<ObjectNode> rows) throws ApiFault {
        return page(call, name, rows, row -> row);
    }

    /** One page of {@code rows} by {@code page} and {@code limit}, each as {@code shown}. */
    static Reply page(
            ApiCall call, String name, List<ObjectNode> rows, UnaryOperator<ObjectNode> shown)
            throws ApiFault {
        int limit = number(call, "limit", PAGE, MOST);
        int page = number(call, "page", 1, Integer.MAX_VALUE);
        long from = (page - 1L) * limit;
        if (from >= rows.size()) {
            return Reply.empty(204);
        }
        int to = (int) Math.min(rows.size(), from + limit);
        ObjectNode out = Json.object().put("_page", page);
        link(out, "self", at(call, page, limit));
        if (to < rows.size()) {
            link(out, "next", at(call, page + 1, limit));
        }
        if (page > 1) {
            link(out, "first", at(call, 1, limit));
            link(out, "prev", at(call, page - 1, limit));
        }
        ArrayNode list = out.putObject("_embedded").putArray(name);
        rows.subList((int) from, to).forEach(row -> list.add(shown.apply(row)));
        return answer(out);
    }

    /** Adds a link to {@code _links}. */
    static ObjectNode link(ObjectNode node, String name, String href) {
        ObjectNode links =
                node.get("_links") instanceof ObjectNode given ? given : node.putObject("_links");
        links.putObject(name).put("href", href);
        return node;
    }

    /** A row's own address below {@code /api/v4/}. */
    static ObjectNode self(AmoPortal portal, ObjectNode node, String path) {
        return link(node, "self", portal.address() + "/api/v4/" + path);
    }

    private static String at(ApiCall call, int page, int limit) {
        StringBuilder query = new StringBuilder();
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("page=") && !pair.startsWith("limit=")) {
                query.append(pair).append('&');
            }
        }
        return call.portal().address()
                + call.address()
                + "?"
                + query
                + "page="
                + page
                + "&limit="
                + limit;
    }

    private static int number(ApiCall call, String name, int otherwise, int most) throws ApiFault {
        String text = Json.text(call.query(), name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
            throw ApiFault.badRequest("Request validation failed: " + name);
        }
        return Integer.parseInt(text);
    }
}
