package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;

/**
 * Where a request goes, and how several that go there make one (docs/amocrm.md, "What it costs").
 *
 * @param path below the account's address, with its query
 * @param list what the reply calls the items; empty: it is about one thing
 */
record Endpoint(String method, String path, Form form, String list) {

    /** So many items a request takes (vendor's advice; {@code leads/complex} takes no more). */
    static final int MOST_ITEMS = 50;

    /** How items become a request. */
    enum Form {
        /** A request of its own. */
        ALONE,
        /** An array; the reply names each by {@code request_id}. */
        ARRAY,
        /** An array of what is there already; the reply names each by its id. */
        CHANGES,
        /** {@code add} of the old API; the reply keeps the order. */
        ADD,
        /** Ids in the query of a question. */
        IDS
    }

    /** Popups; the reply says who the client is. */
    static final Endpoint POPUPS = new Endpoint("POST", "/api/v2/events", Form.ADD, "items");

    /** Calls whose entity the CRM is to find by the number. */
    static final Endpoint CALLS = new Endpoint("POST", "/api/v4/calls", Form.ARRAY, "calls");

    /** Deals with their contacts. */
    static final Endpoint COMPLEX = new Endpoint("POST", "/api/v4/leads/complex", Form.ARRAY, "");

    /** Calls that somebody is to sort. */
    static final Endpoint UNSORTED =
            new Endpoint("POST", "/api/v4/leads/unsorted/sip", Form.ARRAY, "unsorted");

    /** Requests of a site that somebody is to sort. */
    static final Endpoint UNSORTED_FORMS =
            new Endpoint("POST", "/api/v4/leads/unsorted/forms", Form.ARRAY, "unsorted");

    static final Endpoint TASKS = new Endpoint("POST", "/api/v4/tasks", Form.ARRAY, "tasks");

    static final Endpoint CHANGED_TASKS =
            new Endpoint("PATCH", "/api/v4/tasks", Form.CHANGES, "tasks");

    /** Deals by their ids. */
    static final Endpoint DEALS = new Endpoint("GET", "/api/v4/leads?limit=250", Form.IDS, "leads");

    /** The vendor's plural of a kind; his leads are our deals. */
    static String plural(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> "contacts";
            case COMPANY -> "companies";
            case LEAD, DEAL -> "leads";
        };
    }

    static Endpoint newNotes(EntityKind kind) {
        return new Endpoint("POST", "/api/v4/" + plural(kind) + "/notes", Form.ARRAY, "notes");
    }

    static Endpoint changedNotes(EntityKind kind) {
        return new Endpoint("PATCH", "/api/v4/" + plural(kind) + "/notes", Form.CHANGES, "notes");
    }

    static Endpoint changes(EntityKind kind) {
        return new Endpoint("PATCH", "/api/v4/" + plural(kind), Form.CHANGES, plural(kind));
    }

    /**
     * A question.
     *
     * @param path with its query, encoded
     */
    static Endpoint question(String path) {
        return new Endpoint("GET", path, Form.ALONE, "");
    }

    /** Whether a lost reply leaves nothing in doubt. */
    boolean asks() {
        return method.equals("GET");
    }

    String path(List<ObjectNode> items) {
        return form != Form.IDS
                ? path
                : path
                        + items.stream()
                                .map(item -> "&filter%5Bid%5D%5B%5D=" + item.path("id").asText())
                                .collect(Collectors.joining());
    }

    /** The request's body; empty: it has none. */
    Optional<JsonNode> body(List<ObjectNode> items) {
        switch (form) {
            case ARRAY:
                ArrayNode named = Json.MAPPER.createArrayNode();
                for (int i = 0; i < items.size(); i++) {
                    named.add(items.get(i).deepCopy().put("request_id", Integer.toString(i)));
                }
                return Optional.of(named);
            case CHANGES:
                return Optional.of(Json.MAPPER.createArrayNode().addAll(items));
            case ADD:
                ObjectNode add = Json.MAPPER.createObjectNode();
                add.putArray("add").addAll(items);
                return Optional.of(add);
            case ALONE:
                return Optional.<JsonNode>of(items.get(0)).filter(body -> !asks());
            default:
                return Optional.empty();
        }
    }

    /**
     * What a reply without an error says of one item.
     *
     * @param index in the request
     * @return empty: nothing
     */
    Optional<JsonNode> answer(JsonNode reply, ObjectNode item, int index) {
        if (form == Form.ALONE) {
            return Optional.of(reply);
        }
        JsonNode all = list.isEmpty() ? reply : reply.path("_embedded").path(list);
        if (form == Form.ADD) {
            return Optional.of(all.path(index)).filter(JsonNode::isObject);
        }
        for (JsonNode one : all) {
            boolean same =
                    form == Form.ARRAY
                            ? names(one.path("request_id"), Integer.toString(index))
                            : one.path("id").asText().equals(item.path("id").asText());
            if (same) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** {@code leads/complex} answers with a list of names. */
    private static boolean names(JsonNode requestId, String name) {
        return requestId.isArray()
                ? requestId.path(0).asText().equals(name)
                : requestId.asText().equals(name);
    }

    @Override
    public String toString() {
        String plain = path.replaceFirst("\\?.*", "");
        return method.toUpperCase(Locale.ROOT) + " " + plain;
    }
}
