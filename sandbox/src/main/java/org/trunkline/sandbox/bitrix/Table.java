package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/**
 * Rows of one kind under their ID, with the portal's own field names. Rows are live: whoever
 * changes the PHONE of one calls {@link #reindex}. Not thread-safe: the portal's lock guards it.
 */
final class Table {
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> idsByPhone = new HashMap<>();
    private final Map<String, Set<String>> phonesById = new HashMap<>();
    private long next = 1;

    /** Adds under the row's own ID, or the next free one when it has none. */
    ObjectNode add(ObjectNode row) {
        String id = Json.text(row, "ID");
        if (id.isEmpty()) {
            id = Long.toString(next);
        }
        if (id.chars().allMatch(Character::isDigit) && id.length() < 18) {
            next = Math.max(next, Long.parseLong(id) + 1);
        }
        row.put("ID", id);
        rows.put(id, row);
        reindex(row);
        return row;
    }

    Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    boolean remove(String id) {
        unindex(id);
        return rows.remove(id) != null;
    }

    Collection<ObjectNode> all() {
        return rows.values();
    }

    /** Rows that hold the number, oldest first. */
    List<ObjectNode> byPhone(String normalised) {
        return idsByPhone.getOrDefault(normalised, Set.of()).stream()
                .sorted(Filter::order)
                .map(rows::get)
                .toList();
    }

    void reindex(ObjectNode row) {
        String id = row.get("ID").asText();
        unindex(id);
        Set<String> phones = new LinkedHashSet<>();
        for (JsonNode phone : row.path("PHONE")) {
            String normalised = PhoneNumbers.normalise(phone.path("VALUE").asText());
            if (!normalised.isEmpty()) {
                phones.add(normalised);
                idsByPhone.computeIfAbsent(normalised, p -> new LinkedHashSet<>()).add(id);
            }
        }
        phonesById.put(id, phones);
    }

    /** Replaces all rows; a PHONE given as plain text becomes the portal's list of values. */
    void replace(JsonNode given) {
        rows.clear();
        idsByPhone.clear();
        phonesById.clear();
        given.forEach(
                row -> {
                    ObjectNode copy = row.deepCopy();
                    if (copy.path("PHONE").isTextual()) {
                        String number = copy.get("PHONE").asText();
                        copy.putArray("PHONE")
                                .addObject()
                                .put("VALUE", number)
                                .put("VALUE_TYPE", "WORK");
                    }
                    add(copy);
                });
    }

    ArrayNode copy() {
        ArrayNode out = Json.array();
        rows.values().forEach(row -> out.add(row.deepCopy()));
        return out;
    }

    private void unindex(String id) {
        Set<String> phones = phonesById.remove(id);
        if (phones != null) {
            phones.forEach(
                    phone -> idsByPhone.getOrDefault(phone, new LinkedHashSet<>()).remove(id));
        }
    }
}
