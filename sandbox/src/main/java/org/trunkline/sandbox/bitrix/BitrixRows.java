package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.trunkline.sandbox.portal.Table;

/** Tables of Bitrix24 rows: ID is text, PHONE a list of values. */
final class BitrixRows {
    private static final Table.Shape SHAPE =
            new Table.Shape("ID", false, BitrixRows::phones, BitrixRows::seeded);

    private BitrixRows() {}

    static Table table() {
        return new Table(SHAPE);
    }

    private static Set<String> phones(ObjectNode row) {
        Set<String> phones = new LinkedHashSet<>();
        for (JsonNode phone : row.path("PHONE")) {
            String normalised = PhoneNumbers.normalise(phone.path("VALUE").asText());
            if (!normalised.isEmpty()) {
                phones.add(normalised);
            }
        }
        return phones;
    }

    /** A PHONE given as plain text becomes the portal's list of values. */
    private static ObjectNode seeded(ObjectNode row) {
        if (row.path("PHONE").isTextual()) {
            String number = row.get("PHONE").asText();
            row.putArray("PHONE").addObject().put("VALUE", number).put("VALUE_TYPE", "WORK");
        }
        return row;
    }
}
