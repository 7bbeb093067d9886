package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Source;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmUser;
import org.trunkline.model.EntityKind;

/** The portal's rows in the hub's words. Pure. */
public final class DirectoryRows {

    private static final String LEAD_STAGES = "STATUS";
    private static final String SOURCES = "SOURCE";
    private static final String DEAL_STAGES = "DEAL_STAGE";

    private DirectoryRows() {}

    /** A row of {@code user.get}. */
    public static CrmUser user(JsonNode row) {
        return new CrmUser(
                row.path("ID").asText(),
                (row.path("NAME").asText("") + " " + row.path("LAST_NAME").asText("")).strip(),
                text(row, "EMAIL"),
                text(row, "UF_PHONE_INNER"),
                Stream.of("WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE")
                        .flatMap(field -> text(row, field).stream())
                        .toList(),
                row.path("ACTIVE").asText().matches("true|Y|1"));
    }

    private static Optional<String> text(JsonNode row, String field) {
        return Optional.of(row.path(field).asText("").strip())
                .filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    /**
     * @param categories of {@code crm.category.list}
     * @param statuses of {@code crm.status.list}
     */
    static List<Pipeline> pipelines(JsonNode categories, JsonNode statuses) {
        List<Pipeline> pipelines = new ArrayList<>();
        for (JsonNode row : categories.path("categories")) {
            String id = row.path("id").asText();
            pipelines.add(
                    new Pipeline(
                            id,
                            row.path("name").asText(),
                            row.path("isDefault").asText().equals("Y"),
                            stages(
                                    statuses,
                                    id.equals("0") ? DEAL_STAGES : DEAL_STAGES + "_" + id)));
        }
        return pipelines;
    }

    static List<Stage> leadStages(JsonNode statuses) {
        return stages(statuses, LEAD_STAGES);
    }

    static List<Source> sources(JsonNode statuses) {
        return of(statuses, SOURCES)
                .map(row -> new Source(row.path("STATUS_ID").asText(), row.path("NAME").asText()))
                .toList();
    }

    private static List<Stage> stages(JsonNode statuses, String list) {
        return of(statuses, list)
                .map(
                        row ->
                                new Stage(
                                        row.path("STATUS_ID").asText(),
                                        row.path("NAME").asText(),
                                        meaning(row)))
                .toList();
    }

    /** Portals say it in one of two places. */
    private static Meaning meaning(JsonNode row) {
        String semantics =
                row.path("SEMANTICS").asText("") + row.path("EXTRA").path("SEMANTICS").asText("");
        if (semantics.startsWith("S") || semantics.contains("success")) {
            return Meaning.WON;
        }
        return semantics.startsWith("F") || semantics.contains("fail")
                ? Meaning.LOST
                : Meaning.OPEN;
    }

    private static Stream<JsonNode> of(JsonNode statuses, String list) {
        return StreamSupport.stream(statuses.spliterator(), false)
                .filter(row -> row.path("ENTITY_ID").asText().equals(list));
    }

    /**
     * @param fields of {@code crm.deal.fields} and its like
     */
    static List<Field> fields(EntityKind kind, JsonNode fields) {
        List<Field> read = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode row = field.getValue();
            read.add(
                    new Field(
                            kind,
                            field.getKey().toUpperCase(Locale.ROOT),
                            Stream.of("listLabel", "formLabel", "title")
                                    .map(name -> row.path(name).asText(""))
                                    .filter(name -> !name.isEmpty())
                                    .findFirst()
                                    .orElse(field.getKey()),
                            row.path("type").asText(""),
                            !row.path("isReadOnly").asBoolean(false)));
        }
        return read;
    }
}
