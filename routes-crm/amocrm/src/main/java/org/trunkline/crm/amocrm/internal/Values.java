package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;

/** Values as amoCRM writes them. */
final class Values {

    private Values() {}

    /** A user or an entity: the vendor's ids are numbers; what is none is his to refuse. */
    static JsonNode user(String id) {
        if (id.matches("\\d{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(id));
        }
        return id.matches("\\d{1,18}") ? LongNode.valueOf(Long.parseLong(id)) : new TextNode(id);
    }

    static ObjectNode id(String id) {
        return Json.MAPPER.createObjectNode().set("id", user(id));
    }

    /** A contact's number. */
    static ArrayNode phone(PhoneNumber number) {
        ArrayNode fields = Json.MAPPER.createArrayNode();
        ObjectNode phone = fields.addObject().put("field_code", "PHONE");
        phone.putArray("values").addObject().put("value", number.value()).put("enum_code", "WORK");
        return fields;
    }

    /** Tags by their names; the account makes those that it does not have. */
    static void tags(ObjectNode embedded, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode tags = embedded.putArray("tags");
            names.forEach(name -> tags.addObject().put("name", name));
        }
    }

    /**
     * Texts of fields (rule O19).
     *
     * @param byField by the field's id or its code
     */
    static ArrayNode fields(Map<String, String> byField) {
        ArrayNode fields = Json.MAPPER.createArrayNode();
        byField.forEach(
                (field, text) -> {
                    ObjectNode one = fields.addObject();
                    if (field.matches("\\d+")) {
                        one.set("field_id", user(field));
                    } else {
                        one.put("field_code", field);
                    }
                    one.putArray("values").addObject().put("value", text);
                });
        return fields;
    }
}
