package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** {@code custom_fields_values}: what may be written, and how it reads afterwards. */
final class CustomFields {
    private static final String KEY = "custom_fields_values";

    private CustomFields() {}

    static void check(Validation.Item item, AmoPortal portal, EntityType type) {
        JsonNode given = item.at(KEY);
        if (given.isMissingNode()) {
            return;
        }
        if (!given.isArray()) {
            item.wrong(
                    given.isNull() ? "NotNullable" : "InvalidType",
                    KEY,
                    "This value should be of type array.");
            return;
        }
        for (int i = 0; i < given.size(); i++) {
            check(item, portal, type, given.get(i), KEY + "." + i + ".");
        }
    }

    private static void check(
            Validation.Item item, AmoPortal portal, EntityType type, JsonNode given, String at) {
        Optional<ObjectNode> field = definition(portal, type, given);
        if (field.isEmpty()) {
            item.noChoice(at + (given.has("field_code") ? "field_code" : "field_id"));
            return;
        }
        JsonNode values = given.path("values");
        if (values.isNull()) {
            return;
        }
        if (!values.isArray() || values.isEmpty()) {
            item.wrong("NotBlank", at + "values", "This value should not be blank.");
        }
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            String place = at + "values." + i + ".";
            if (value.path("value").isNull()) {
                item.wrong("NotNullable", place + "value", "This value should not be null.");
            }
            String code = Json.text(value, "enum_code");
            if (!code.isEmpty() && choice(field.get(), "value", code).isEmpty()) {
                item.noChoice(place + "enum_code");
            }
        }
    }

    /** Writes what is given over what the row holds; fields that are not named stay. */
    static void write(AmoPortal portal, EntityType type, ObjectNode row, JsonNode given) {
        ArrayNode all = Json.array();
        for (JsonNode old : row.path(KEY)) {
            boolean replaced = false;
            for (JsonNode one : given) {
                replaced |=
                        definition(portal, type, one)
                                .filter(d -> d.path("id").equals(old.path("field_id")))
                                .isPresent();
            }
            if (!replaced) {
                all.add(old);
            }
        }
        for (JsonNode one : given) {
            Optional<ObjectNode> field = definition(portal, type, one);
            if (field.isPresent() && !one.path("values").isEmpty()) {
                all.add(shown(field.get(), one.path("values")));
            }
        }
        if (all.isEmpty()) {
            row.putNull(KEY);
        } else {
            row.set(KEY, all);
        }
    }

    /** One value of a field by its code, as a client would write it. */
    static ObjectNode value(String code, String value) {
        ObjectNode out = Json.object().put("field_code", code);
        out.putArray("values").addObject().put("value", value).put("enum_code", "WORK");
        return out;
    }

    private static ObjectNode shown(ObjectNode field, JsonNode values) {
        ObjectNode out = Json.object();
        out.set("field_id", field.path("id"));
        out.set("field_name", field.path("name"));
        out.set("field_code", field.path("code"));
        out.set("field_type", field.path("type"));
        ArrayNode list = out.putArray("values");
        for (JsonNode value : values) {
            ObjectNode one = list.addObject();
            one.set("value", value.path("value"));
            String code = Json.text(value, "enum_code");
            Optional<JsonNode> known =
                    value.has("enum_id")
                            ? choice(field, "id", value.path("enum_id").asText())
                            : choice(field, "value", code);
            JsonNode first = field.path("enums").path(0);
            JsonNode choice = known.orElse(first);
            if (!choice.isMissingNode()) {
                one.set("enum_id", choice.path("id"));
                one.set("enum_code", choice.path("value"));
            }
        }
        return out;
    }

    private static Optional<JsonNode> choice(ObjectNode field, String key, String wanted) {
        for (JsonNode choice : field.path("enums")) {
            if (choice.path(key).asText().equals(wanted)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    private static Optional<ObjectNode> definition(
            AmoPortal portal, EntityType type, JsonNode given) {
        String id = Json.text(given, "field_id");
        if (!id.isEmpty()) {
            return portal.fields(type).get(id);
        }
        String code = Json.text(given, "field_code");
        return portal.fields(type).all().stream()
                .filter(field -> !code.isEmpty() && Json.text(field, "code").equals(code))
                .findFirst();
    }
}
