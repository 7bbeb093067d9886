package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;

/** A row as {@code crm.item.*} shows and takes it. */
final class ItemShape {
    private static final Set<String> NUMBERS =
            Set.of(
                    "id",
                    "assignedById",
                    "createdBy",
                    "updatedBy",
                    "contactId",
                    "companyId",
                    "categoryId",
                    "leadId");
    private static final List<String> MULTI = List.of("PHONE", "EMAIL");

    private ItemShape() {}

    /**
     * @param select camelCase names; empty = all but {@code fm}, "*" = all
     */
    static ObjectNode item(
            EntityKind kind, ObjectNode row, List<String> select, boolean originalUf) {
        boolean all = select.isEmpty() || select.contains("*");
        ObjectNode out = Json.object();
        row.properties()
                .forEach(
                        field -> {
                            String classic = field.getKey();
                            boolean own = classic.startsWith("UF_") && originalUf;
                            String name = own ? classic : ItemNames.toItem(kind, classic);
                            if (!MULTI.contains(classic)
                                    && (all || name.equals("id") || select.contains(name))) {
                                out.set(name, value(name, field.getValue()));
                            }
                        });
        out.put("entityTypeId", kind.typeId());
        if (select.contains("*")) {
            out.set("fm", fm(row));
        }
        return out;
    }

    /** The classic field names of what a client sent. */
    static ObjectNode fields(EntityKind kind, JsonNode given) {
        ObjectNode out = Json.object();
        given.properties()
                .forEach(
                        field -> {
                            if (field.getKey().equals("fm")) {
                                field.getValue().forEach(value -> multi(out, value));
                            } else {
                                out.set(
                                        ItemNames.toClassic(kind, field.getKey()),
                                        field.getValue());
                            }
                        });
        return out;
    }

    /** A filter's keys in classic names, operators kept. */
    static ObjectNode filter(EntityKind kind, JsonNode given) {
        ObjectNode out = Json.object();
        given.properties()
                .forEach(
                        e ->
                                out.set(
                                        Filter.operator(e.getKey())
                                                + ItemNames.toClassic(
                                                        kind, Filter.field(e.getKey())),
                                        e.getValue()));
        return out;
    }

    private static void multi(ObjectNode out, JsonNode value) {
        String type = value.path("typeId").asText("PHONE");
        ObjectNode entry =
                out.withArray("/" + type)
                        .addObject()
                        .put("VALUE", value.path("value").asText())
                        .put("VALUE_TYPE", value.path("valueType").asText("WORK"));
        if (value.has("id")) {
            entry.put("ID", value.get("id").asText());
        }
    }

    private static ArrayNode fm(ObjectNode row) {
        ArrayNode out = Json.array();
        for (String type : MULTI) {
            row.path(type)
                    .forEach(
                            value ->
                                    out.addObject()
                                            .put("id", value.path("ID").asLong())
                                            .put("typeId", type)
                                            .put("valueType", value.path("VALUE_TYPE").asText())
                                            .put("value", value.path("VALUE").asText()));
        }
        return out;
    }

    private static JsonNode value(String name, JsonNode stored) {
        if (name.equals("contactIds")) {
            ArrayNode ids = Json.array();
            stored.forEach(id -> ids.add(id.asLong()));
            return ids;
        }
        boolean number = NUMBERS.contains(name) && stored.asText().matches("\\d{1,18}");
        return number ? Json.object().numberNode(stored.asLong()) : stored.deepCopy();
    }
}
