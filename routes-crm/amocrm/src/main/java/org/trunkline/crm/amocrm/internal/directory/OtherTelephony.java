package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.Told;

/**
 * Who but the hub wrote calls into an account lately (rule O17): another telephony that does the
 * same work makes the same deals once more. Calls are notes here, which name who wrote them.
 */
final class OtherTelephony {

    private static final Duration LATELY = Duration.ofDays(7);

    /** What the hub sends as {@code uniq}: its own id of the call, and the record's key. */
    private static final String OURS = "[0-9a-f]{24}-.+";

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
                                                            "" + now.minus(LATELY).getEpochSecond(),
                                                            "order[updated_at]",
                                                            "desc")))
                                    .value()));
        }
        Map<String, Integer> others = new LinkedHashMap<>();
        notes.stream()
                .map(note -> note.path("params"))
                .filter(call -> !call.path("uniq").asText("").matches(OURS))
                .forEach(call -> others.merge(call.path("source").asText("?"), 1, Integer::sum));
        return others.entrySet().stream()
                .map(one -> one.getKey() + " (" + one.getValue() + " calls in the last week)")
                .toList();
    }
}
