package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmUser;
import org.trunkline.model.EntityKind;

/** The account's rows in the hub's words. Pure. */
final class DirectoryRows {

    /** The stage of what nobody has looked at; no deal can be put there. */
    private static final int UNSORTED = 1;

    private static final int WON = 142;
    private static final int LOST = 143;

    private DirectoryRows() {}

    /** Users have neither phones nor extensions here. */
    static CrmUser user(JsonNode row) {
        return new CrmUser(
                row.path("id").asText(),
                row.path("name").asText("").strip(),
                text(row, "email"),
                Optional.empty(),
                List.of(),
                row.path("rights").path("is_active").asBoolean(true));
    }

    static boolean archived(JsonNode pipeline) {
        return pipeline.path("is_archive").asBoolean();
    }

    static Pipeline pipeline(JsonNode row) {
        return new Pipeline(
                row.path("id").asText(),
                row.path("name").asText(""),
                row.path("is_main").asBoolean(),
                StreamSupport.stream(row.path("_embedded").path("statuses").spliterator(), false)
                        .map(DirectoryRows::stage)
                        .toList());
    }

    private static Stage stage(JsonNode row) {
        Meaning meaning =
                switch (row.path("id").asInt()) {
                    case WON -> Meaning.WON;
                    case LOST -> Meaning.LOST;
                    default ->
                            row.path("type").asInt() == UNSORTED ? Meaning.UNSORTED : Meaning.OPEN;
                };
        return new Stage(row.path("id").asText(), row.path("name").asText(""), meaning);
    }

    static boolean closed(JsonNode lead) {
        int status = lead.path("status_id").asInt();
        return status == WON || status == LOST;
    }

    /** Fields without a code are known by their number. */
    static Field field(EntityKind kind, JsonNode row) {
        return new Field(
                kind,
                text(row, "code").orElseGet(() -> row.path("id").asText()).toUpperCase(Locale.ROOT),
                row.path("name").asText(""),
                row.path("type").asText(""),
                !row.path("is_computed").asBoolean());
    }

    private static Optional<String> text(JsonNode row, String field) {
        return row.hasNonNull(field)
                ? Optional.of(row.path(field).asText("").strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
