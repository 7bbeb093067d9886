package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.trunkline.sandbox.http.Json;

/**
 * The complaints about one array. One wrong item refuses all of it. Nulls are refused wherever a
 * key is optional (SDK #570, #383): leave the key out.
 */
final class Validation {
    private final ArrayNode errors = Json.array();

    /** One item of the array and what is wrong with it. */
    final class Item {
        private final ObjectNode row;
        private final String requestId;
        private final String prefix;
        private final ArrayNode found;

        private Item(ObjectNode row, String requestId, String prefix, ArrayNode found) {
            this.row = row;
            this.requestId = requestId;
            this.prefix = prefix;
            this.found = found;
        }

        /** An object inside of this one; empty when there is none. */
        Optional<Item> inside(String path) {
            return at(path) instanceof ObjectNode nested
                    ? Optional.of(new Item(nested, requestId, prefix + path + ".", found))
                    : Optional.empty();
        }

        ObjectNode row() {
            return row;
        }

        /** What the client called it, else its place in the array. */
        String requestId() {
            return requestId;
        }

        void wrong(String code, String path, String detail) {
            if (found.isEmpty()) {
                errors.addObject().put("request_id", requestId).set("errors", found);
            }
            found.addObject().put("code", code).put("path", prefix + path).put("detail", detail);
        }

        void noChoice(String path) {
            wrong("NotSupportedChoice", path, "The value you selected is not a valid choice.");
        }

        void required(String... paths) {
            for (String path : paths) {
                if (at(path).isMissingNode()) {
                    wrong("FieldMissing", path, "This field is missing.");
                }
            }
        }

        void text(String... paths) {
            typed("string", JsonNode::isTextual, paths);
        }

        void whole(String... paths) {
            typed("int", JsonNode::isIntegralNumber, paths);
        }

        void flag(String... paths) {
            typed("bool", JsonNode::isBoolean, paths);
        }

        void textOrWhole(String... paths) {
            typed("string", node -> node.isTextual() || node.isIntegralNumber(), paths);
        }

        void object(String... paths) {
            typed("object", JsonNode::isObject, paths);
        }

        /** One of {@code choices}, if it is there at all. */
        void choice(String path, Set<String> choices) {
            JsonNode value = at(path);
            if (value.isValueNode() && !value.isNull() && !choices.contains(value.asText())) {
                noChoice(path);
            }
        }

        /** A user of the account; {@code robot} also lets 0 pass. */
        void user(AmoPortal portal, boolean robot, String path) {
            whole(path);
            JsonNode value = at(path);
            boolean known =
                    portal.users().get(value.asText()).isPresent()
                            || (robot && value.asText().equals("0"));
            if (value.isIntegralNumber() && !known) {
                noChoice(path);
            }
        }

        JsonNode at(String path) {
            JsonNode node = row;
            for (String step : path.split("\\.")) {
                node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
            }
            return node;
        }

        private void typed(String type, Predicate<JsonNode> right, String... paths) {
            for (String path : paths) {
                JsonNode value = at(path);
                if (value.isNull()) {
                    wrong("NotNullable", path, "This value should not be null.");
                } else if (!value.isMissingNode() && !right.test(value)) {
                    wrong("InvalidType", path, "This value should be of type " + type + ".");
                }
            }
        }
    }

    /** The item at {@code index} of the array. */
    Item item(ObjectNode row, int index) {
        String given = Json.text(row, "request_id");
        String id = given.isEmpty() ? Integer.toString(index) : given;
        return new Item(row, id, "", Json.array());
    }

    void check() throws ApiFault {
        if (!errors.isEmpty()) {
            throw ApiFault.invalid(errors);
        }
    }
}
