package org.trunkline.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What differs between two versions of a document (rule X6). */
public final class JsonChanges {

    private final List<String> changed = new ArrayList<>();

    private JsonChanges() {}

    /**
     * JSON Pointers (RFC 6901) of what was changed, added or removed, each the smallest part that
     * tells it, in the document's order. A list that lost items is named as a whole.
     */
    public static List<String> between(JsonNode before, JsonNode after) {
        JsonChanges changes = new JsonChanges();
        changes.compare(JsonPointer.empty(), before, after);
        return List.copyOf(changes.changed);
    }

    private void compare(JsonPointer at, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> keys = new LinkedHashSet<>();
            after.fieldNames().forEachRemaining(keys::add);
            before.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> compare(at.appendProperty(key), before.path(key), after.path(key)));
        } else if (before.isArray() && after.isArray()) {
            items(at, before, after);
        } else {
            changed.add(at.toString());
        }
    }

    /** Without the equal ones at both ends, so that one insertion does not change all behind it. */
    private void items(JsonPointer at, JsonNode before, JsonNode after) {
        int both = Math.min(before.size(), after.size());
        int head = 0;
        while (head < both && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < both - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int gone = before.size() - head - tail;
        int come = after.size() - head - tail;
        if (gone != come && gone > 0) {
            changed.add(at.toString());
            return;
        }
        for (int i = head; i < head + come; i++) {
            JsonPointer item = at.appendIndex(i);
            if (gone == 0) {
                changed.add(item.toString());
            } else {
                compare(item, before.get(i), after.get(i));
            }
        }
    }
}
