package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.trunkline.sandbox.portal.Table;

/** Tables of amoCRM rows: ids are numbers, a telephone is a custom field. */
final class AmoRows {
    private static final Table.Shape PLAIN =
            new Table.Shape("id", true, row -> Set.of(), row -> row);

    private AmoRows() {}

    static Table table(long first) {
        return new Table(PLAIN, first);
    }

    static Table entities(AmoPortal portal, EntityType type, long first) {
        return new Table(
                new Table.Shape(
                        "id", true, AmoRows::phones, row -> EntityRow.seeded(portal, type, row)),
                first);
    }

    /** The last ten digits of each of its numbers. */
    static Set<String> phones(ObjectNode row) {
        Set<String> phones = new LinkedHashSet<>();
        for (JsonNode field : row.path("custom_fields_values")) {
            if (field.path("field_code").asText().equals("PHONE")) {
                for (JsonNode value : field.path("values")) {
                    String key = Digits.key(value.path("value").asText());
                    if (!key.isEmpty()) {
                        phones.add(key);
                    }
                }
            }
        }
        return phones;
    }
}
