package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.CallsBeside;
import org.trunkline.crm.connector.directory.Told;

/** Who but the hub wrote calls into an account lately (rule O17): the notes name who did. */
final class OtherTelephony {

    private OtherTelephony() {}

    /** The latest calls on each kind of entity; more would tell nothing else. */
    static List<String> named(Function<Question, Told> ask, Instant now) {
        List<JsonNode> notes = new ArrayList<>();
        for (String kind : List.of("contacts", "leads", "companies")) {
            notes.addAll(
                    Lists.rows(
                            ask.apply(
                                            Lists.page(
                                                    kind + "/notes",
                                                    1,
                                                    List.of(
                                                            "filter[note_type][]",
                                                            "call_in",
                                                            "filter[note_type][]",
                                                            "call_out",
                                                            "filter[updated_at][from]",
                                                            ""
                                                                    + CallsBeside.since(now)
                                                                            .getEpochSecond(),
                                                            "order[updated_at]",
                                                            "desc")))
                                    .value()));
        }
        return CallsBeside.named(
                notes.stream()
                        .map(note -> note.path("params"))
                        .filter(call -> !CallsBeside.ours(call.path("uniq").asText("")))
                        .map(call -> call.path("source").asText("?")));
    }
}
