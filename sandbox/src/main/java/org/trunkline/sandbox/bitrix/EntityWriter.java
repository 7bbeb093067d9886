package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/** Adding and changing rows of the CRM: what the portal fills in or derives by itself. */
final class EntityWriter {
    private static final Set<String> MULTI = Set.of("PHONE", "EMAIL", "WEB", "IM");
    private static final Set<String> DERIVED = Set.of("ID", "DATE_CREATE", "CREATED_BY_ID");

    private EntityWriter() {}

    /**
     * @param fields names of the classic methods, upper case
     */
    static ObjectNode add(Portal portal, EntityKind kind, JsonNode fields, String author)
            throws RestFault {
        ObjectNode row = Json.object();
        merge(portal, kind, row, fields);
        checkStage(portal, kind, row);
        Table table = portal.entities(kind);
        table.add(row);
        complete(portal, kind, row, author);
        table.reindex(row);
        return row;
    }

    static void update(
            Portal portal, EntityKind kind, ObjectNode row, JsonNode fields, String author)
            throws RestFault {
        ObjectNode changed = row.deepCopy();
        merge(portal, kind, changed, fields);
        checkStage(portal, kind, changed);
        row.setAll(changed);
        row.put("DATE_MODIFY", portal.clock().nowText()).put("MODIFY_BY_ID", author);
        derive(portal, kind, row);
        portal.entities(kind).reindex(row);
    }

    /** Fills what a new row must have. */
    static void complete(Portal portal, EntityKind kind, ObjectNode row, String author) {
        String now = portal.clock().nowText();
        putAbsent(row, "ASSIGNED_BY_ID", author);
        putAbsent(row, "CREATED_BY_ID", author);
        putAbsent(row, "MODIFY_BY_ID", author);
        putAbsent(row, "DATE_CREATE", now);
        putAbsent(row, "DATE_MODIFY", now);
        putAbsent(row, "OPENED", "Y");
        if (kind == EntityKind.DEAL) {
            putAbsent(row, "CATEGORY_ID", "0");
        }
        if (kind.staged()) {
            String category = Json.text(row, "CATEGORY_ID");
            putAbsent(row, kind.stageField(), portal.pipelines().firstStage(kind, category));
            putAbsent(
                    row,
                    "TITLE",
                    (kind == EntityKind.LEAD ? "Лид #" : "Сделка #") + Json.text(row, "ID"));
        }
        derive(portal, kind, row);
    }

    private static void derive(Portal portal, EntityKind kind, ObjectNode row) {
        row.put("HAS_PHONE", row.path("PHONE").isEmpty() ? "N" : "Y");
        if (!kind.staged()) {
            return;
        }
        String category = Json.text(row, "CATEGORY_ID");
        String stage = Json.text(row, kind.stageField());
        String semantic = portal.pipelines().semantic(kind, category, stage);
        row.put(kind.semanticField(), semantic);
        if (kind == EntityKind.DEAL) {
            row.put("CLOSED", semantic.equals("P") ? "N" : "Y");
        }
    }

    private static void checkStage(Portal portal, EntityKind kind, ObjectNode row)
            throws RestFault {
        String stage = kind.staged() ? Json.text(row, kind.stageField()) : "";
        if (!stage.isEmpty()
                && !portal.pipelines().knows(kind, Json.text(row, "CATEGORY_ID"), stage)) {
            throw RestFault.core("Unknown stage: " + stage);
        }
        String user = Json.text(row, "ASSIGNED_BY_ID");
        if (!user.isEmpty() && portal.users().get(user).isEmpty()) {
            throw RestFault.core("User is not found: " + user);
        }
    }

    private static void merge(Portal portal, EntityKind kind, ObjectNode row, JsonNode fields) {
        fields.properties()
                .forEach(
                        field -> {
                            String name = field.getKey().toUpperCase(java.util.Locale.ROOT);
                            if (MULTI.contains(name)) {
                                multi(portal, kind, row, name, field.getValue());
                            } else if (name.equals("CONTACT_IDS")) {
                                contacts(row, field.getValue());
                            } else if (!DERIVED.contains(name)) {
                                row.set(name, stored(field.getValue()));
                            }
                        });
    }

    /** Scalars are kept as the strings that PHP makes of them. */
    private static JsonNode stored(JsonNode value) {
        if (!value.isValueNode()) {
            return value.deepCopy();
        }
        String text = value.isNull() ? "" : value.asText();
        if (value.isBoolean()) {
            text = value.asBoolean() ? "Y" : "N";
        }
        return Json.object().textNode(text);
    }

    private static void contacts(ObjectNode row, JsonNode ids) {
        ArrayNode list = row.putArray("CONTACT_IDS");
        ids.forEach(id -> list.add(id.asText()));
        row.put("CONTACT_ID", ids.path(0).asText());
    }

    /**
     * A value with the ID of an old one changes it (DELETE or "" removes it), the rest is added.
     */
    private static void multi(
            Portal portal, EntityKind kind, ObjectNode row, String name, JsonNode given) {
        ArrayNode list = row.withArray("/" + name);
        Iterable<JsonNode> values = given.isTextual() ? List.of(given) : given;
        for (JsonNode value : values) {
            String id = value.path("ID").asText();
            String text = value.isTextual() ? value.asText() : value.path("VALUE").asText();
            if (!id.isEmpty()) {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (list.get(i).path("ID").asText().equals(id)) {
                        list.remove(i);
                    }
                }
            }
            if (!text.isEmpty() && !value.path("DELETE").asText().equals("Y")) {
                int next = list.size() + 1;
                list.addObject()
                        .put("ID", id.isEmpty() ? kind.typeId() + "00" + next : id)
                        .put("VALUE", text)
                        .put("VALUE_TYPE", value.path("VALUE_TYPE").asText("WORK"))
                        .put("TYPE_ID", name);
            }
        }
    }

    private static void putAbsent(ObjectNode row, String name, String value) {
        if (Json.text(row, name).isEmpty()) {
            row.put(name, value);
        }
    }
}
