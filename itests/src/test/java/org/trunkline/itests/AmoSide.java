package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.trunkline.itests.Oracle.Fault;
import org.trunkline.itests.Oracle.Finding;

/**
 * A simulated amoCRM account under the preset {@code asterisk-amocrm}, to which every client is
 * new: who was talked to has a contact and a deal (I4), who was missed an entry in Unsorted that is
 * the call's record too (I5), and of a failed attempt there is nothing.
 *
 * @param state {@code _state}
 */
record AmoSide(JsonNode state) implements PortalSide {

    private static final String TALKED = "4";

    /** The account writes the call of an entry in Unsorted by itself, and gives it no status. */
    private static final String NO_STATUS = "";

    private static boolean missed(CallKind kind) {
        return kind.direction().equals("inbound") && !kind.answered();
    }

    @Override
    public List<CallKind.Wanted> wanted(CallKind kind) {
        if (!kind.answered() && !missed(kind)) {
            return List.of();
        }
        String status = kind.answered() ? TALKED : NO_STATUS;
        return kind.records().stream()
                .map(
                        one ->
                                new CallKind.Wanted(
                                        one.user(),
                                        status,
                                        one.fromSeconds(),
                                        one.toSeconds(),
                                        one.recorded()))
                .toList();
    }

    @Override
    public Optional<String> owner(CallKind kind) {
        return wanted(kind).stream().findFirst().map(one -> missed(kind) ? ANYBODY : one.user());
    }

    @Override
    public boolean keeps(JsonNode call) {
        return call.path("direction").asText().equals("inbound")
                || call.path("result").asText().equals("answered");
    }

    @Override
    public List<Written> records() {
        return rows("notes")
                .filter(row -> text(row, "note_type").startsWith("call_"))
                .map(AmoSide::written)
                .toList();
    }

    private static Written written(JsonNode row) {
        JsonNode params = row.path("params");
        List<Finding> flaws = new ArrayList<>();
        if (!text(row, "entity_type").equals("leads")) {
            flaws.add(new Finding(Fault.WRONG, "the call does not stand at a deal"));
        }
        return new Written(
                text(params, "phone"),
                text(params, "uniq"),
                text(params, "call_responsible"),
                text(row, "note_type").equals("call_out") ? "outbound" : "inbound",
                text(params, "call_status"),
                params.path("duration").asInt(),
                text(params, "link").isEmpty() ? 0 : 1,
                flaws,
                row);
    }

    @Override
    public List<String> contacts(String client) {
        return contactRows(client).map(AmoSide::responsible).toList();
    }

    private Stream<JsonNode> contactRows(String client) {
        return rows("contacts")
                .filter(
                        row ->
                                row.path("custom_fields_values")
                                        .toString()
                                        .contains(PortalSide.digits(client)));
    }

    @Override
    public List<String> deals(String client) {
        Set<String> contacts = new HashSet<>();
        contactRows(client).forEach(row -> contacts.add(text(row, "id")));
        return rows("leads")
                .filter(
                        lead ->
                                each(lead.path("_embedded").path("contacts"))
                                        .anyMatch(row -> contacts.contains(text(row, "id"))))
                .map(AmoSide::responsible)
                .toList();
    }

    private static String responsible(JsonNode row) {
        return text(row, "responsible_user_id");
    }

    /** A deal that nobody can find by a number is one too many. */
    @Override
    public List<Finding> own() {
        return rows("leads")
                .filter(lead -> lead.path("_embedded").path("contacts").isEmpty())
                .map(lead -> new Finding(Fault.WRONG, "a deal without a contact: " + lead))
                .toList();
    }

    @Override
    public long refusals() {
        JsonNode rate = state.path("rate");
        return rate.path("refused").asLong(1) + rate.path("blocked").asLong(1);
    }

    private Stream<JsonNode> rows(String part) {
        return each(state.path(part));
    }

    private static Stream<JsonNode> each(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).asText();
    }
}
