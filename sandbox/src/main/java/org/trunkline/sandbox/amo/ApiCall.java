package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/**
 * One request to the API, already authenticated.
 *
 * @param address the path below the portal with what it was asked with, for links
 * @param arguments what stood in the braces of the route, in their order
 * @param user in whose name it runs
 */
record ApiCall(
        AmoPortal portal,
        String address,
        String rawQuery,
        List<String> arguments,
        ObjectNode query,
        JsonNode body,
        String user) {

    /** Most of what can be written at once [D]. */
    private static final int MOST = 250;

    EntityType type() {
        return EntityType.of(arguments.get(0)).orElseThrow();
    }

    String argument(int index) {
        return arguments.get(index);
    }

    long now() {
        return portal.now().getEpochSecond();
    }

    /** The ids after {@code with=}. */
    Set<String> with() {
        return new HashSet<>(List.of(Json.text(query, "with").split(",")));
    }

    JsonNode filter(String name) {
        return query.path("filter").path(name);
    }

    /** A filter that takes one value or several. */
    Set<String> filtered(String name) {
        Set<String> out = new HashSet<>();
        JsonNode given = filter(name);
        if (given.isContainerNode()) {
            given.forEach(value -> out.add(value.asText()));
        } else if (!given.isMissingNode()) {
            out.add(given.asText());
        }
        return out;
    }

    /** The objects of an array body. */
    List<ObjectNode> items() throws ApiFault {
        return items(MOST);
    }

    List<ObjectNode> items(int most) throws ApiFault {
        if (!(body instanceof ArrayNode array) || array.isEmpty() || array.size() > most) {
            throw ApiFault.badRequest("Request validation failed");
        }
        List<ObjectNode> out = new ArrayList<>();
        for (JsonNode item : array) {
            if (!(item instanceof ObjectNode object)) {
                throw ApiFault.badRequest("Request validation failed");
            }
            out.add(object);
        }
        return out;
    }

    ObjectNode item() throws ApiFault {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiFault.badRequest("Request validation failed");
    }
}
