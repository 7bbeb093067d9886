package org.trunkline.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.trunkline.sandbox.http.Json;

/**
 * Rows of one kind under their id, with the portal's own field names. Rows are live: whoever
 * changes the number of one calls {@link #reindex}. Not thread-safe: the portal's lock guards it.
 */
public final class Table {
    private static final Comparator<String> BY_ID =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /**
     * How a vendor's rows look.
     *
     * @param id the field of the id
     * @param numbers whether ids are JSON numbers
     * @param phones the numbers of a row in the form the vendor compares by
     * @param seeded makes a whole row of one that was put by hand
     */
    public record Shape(
            String id,
            boolean numbers,
            Function<ObjectNode, Set<String>> phones,
            Function<ObjectNode, ObjectNode> seeded) {}

    private final Shape shape;
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> idsByPhone = new HashMap<>();
    private final Map<String, Set<String>> phonesById = new HashMap<>();
    private long next;

    public Table(Shape shape) {
        this(shape, 1);
    }

    /**
     * @param first the id of the first row that has none
     */
    public Table(Shape shape, long first) {
        this.shape = shape;
        this.next = first;
    }

    /** Adds under the row's own id, or the next free one when it has none. */
    public ObjectNode add(ObjectNode row) {
        String id = Json.text(row, shape.id());
        if (id.isEmpty()) {
            id = Long.toString(next);
        }
        boolean number = id.chars().allMatch(Character::isDigit) && id.length() < 18;
        if (number) {
            next = Math.max(next, Long.parseLong(id) + 1);
        }
        if (shape.numbers() && number) {
            row.put(shape.id(), Long.parseLong(id));
        } else {
            row.put(shape.id(), id);
        }
        rows.put(id, row);
        reindex(row);
        return row;
    }

    public Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    public boolean remove(String id) {
        unindex(id);
        return rows.remove(id) != null;
    }

    public Collection<ObjectNode> all() {
        return rows.values();
    }

    /** Rows that hold the number, oldest first. */
    public List<ObjectNode> byPhone(String normalised) {
        return idsByPhone.getOrDefault(normalised, Set.of()).stream()
                .sorted(BY_ID)
                .map(rows::get)
                .toList();
    }

    public void reindex(ObjectNode row) {
        String id = row.get(shape.id()).asText();
        unindex(id);
        Set<String> phones = shape.phones().apply(row);
        phones.forEach(
                phone -> idsByPhone.computeIfAbsent(phone, p -> new LinkedHashSet<>()).add(id));
        phonesById.put(id, phones);
    }

    /** Replaces all rows. */
    public void replace(JsonNode given) {
        rows.clear();
        idsByPhone.clear();
        phonesById.clear();
        given.forEach(row -> add(shape.seeded().apply(row.deepCopy())));
    }

    public ArrayNode copy() {
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
