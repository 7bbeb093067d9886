package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.sandbox.http.Json;

/** Funnels with their stages, lead stages and sources: what {@code crm.status.list} knows. */
final class Pipelines {
    private ArrayNode categories = Json.array();
    private ArrayNode leadStages = Json.array();
    private ArrayNode sources = Json.array();

    ArrayNode categories() {
        return categories;
    }

    ArrayNode leadStages() {
        return leadStages;
    }

    ArrayNode sources() {
        return sources;
    }

    void categories(JsonNode given) {
        categories = list(given);
    }

    void leadStages(JsonNode given) {
        leadStages = list(given);
    }

    void sources(JsonNode given) {
        sources = list(given);
    }

    /** The stage a new entity starts in. */
    String firstStage(EntityKind kind, String category) {
        return stages(kind, category).path(0).path("STATUS_ID").asText();
    }

    /** P in work, S won, F lost; an unknown stage counts as in work. */
    String semantic(EntityKind kind, String category, String stage) {
        for (JsonNode row : stages(kind, category)) {
            if (row.path("STATUS_ID").asText().equals(stage)) {
                String semantic = row.path("SEMANTICS").asText();
                return semantic.isEmpty() || semantic.equals("null") ? "P" : semantic;
            }
        }
        return "P";
    }

    boolean knows(EntityKind kind, String category, String stage) {
        for (JsonNode row : stages(kind, category)) {
            if (row.path("STATUS_ID").asText().equals(stage)) {
                return true;
            }
        }
        return false;
    }

    /** All rows of {@code crm.status.list}. */
    ArrayNode statuses() {
        ArrayNode out = Json.array();
        leadStages.forEach(row -> out.add(status(row, "STATUS")));
        sources.forEach(row -> out.add(status(row, "SOURCE")));
        for (JsonNode category : categories) {
            String id = category.path("id").asText();
            String entity = id.equals("0") ? "DEAL_STAGE" : "DEAL_STAGE_" + id;
            category.path("stages").forEach(row -> out.add(status(row, entity)));
        }
        return out;
    }

    private JsonNode stages(EntityKind kind, String category) {
        if (kind == EntityKind.LEAD) {
            return leadStages;
        }
        for (JsonNode row : categories) {
            if (row.path("id").asText().equals(category.isEmpty() ? "0" : category)) {
                return row.path("stages");
            }
        }
        return Json.array();
    }

    private static ObjectNode status(JsonNode row, String entity) {
        ObjectNode out = row.deepCopy();
        String semantic = row.path("SEMANTICS").asText();
        out.put("ENTITY_ID", entity);
        out.putObject("EXTRA")
                .put(
                        "SEMANTICS",
                        switch (semantic) {
                            case "S" -> "success";
                            case "F" -> "failure";
                            default -> "process";
                        });
        return out;
    }

    private static ArrayNode list(JsonNode given) {
        ArrayNode out = Json.array();
        given.forEach(row -> out.add(row.deepCopy()));
        return out;
    }
}
