package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.trunkline.itests.Oracle.Fault;
import org.trunkline.itests.Oracle.Finding;

/**
 * A simulated Bitrix24 whose mode is simple: a contact and a deal for whoever is new.
 *
 * @param state {@code _state}
 * @param recordingHashes SHA-256 of the files that the PBX wrote
 */
record BitrixSide(JsonNode state, Set<String> recordingHashes) implements PortalSide {

    @Override
    public List<CallKind.Wanted> wanted(CallKind kind) {
        return kind.records();
    }

    @Override
    public Optional<String> owner(CallKind kind) {
        return kind.records().stream().findFirst().map(CallKind.Wanted::user);
    }

    @Override
    public boolean keeps(JsonNode call) {
        return true;
    }

    @Override
    public List<Written> records() {
        return StreamSupport.stream(state.path("calls").spliterator(), false)
                .map(this::written)
                .toList();
    }

    private Written written(JsonNode row) {
        List<Finding> flaws = new ArrayList<>();
        if (text(row, "CRM_ACTIVITY_ID").isEmpty()) {
            flaws.add(new Finding(Fault.LOST, "the record has no activity"));
        }
        List<JsonNode> files = where("records", "CALL_ID", text(row, "CALL_ID"));
        files.stream()
                .filter(file -> !recordingHashes.contains(text(file, "SHA256")))
                .forEach(
                        file ->
                                flaws.add(
                                        new Finding(Fault.WRONG, "the recording has other bytes")));
        return new Written(
                text(row, "PHONE_NUMBER"),
                text(row, "EXTERNAL_CALL_ID"),
                text(row, "PORTAL_USER_ID"),
                text(row, "CALL_TYPE").equals("1") ? "outbound" : "inbound",
                text(row, "CALL_FAILED_CODE"),
                row.path("CALL_DURATION").asInt(),
                files.size(),
                flaws,
                row);
    }

    @Override
    public List<String> contacts(String client) {
        return contactRows(client).stream().map(row -> text(row, "ASSIGNED_BY_ID")).toList();
    }

    private List<JsonNode> contactRows(String client) {
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode contact : state.path("contacts")) {
            for (JsonNode phone : contact.path("PHONE")) {
                if (PortalSide.digits(text(phone, "VALUE")).equals(PortalSide.digits(client))) {
                    out.add(contact);
                }
            }
        }
        return out;
    }

    @Override
    public List<String> deals(String client) {
        return contactRows(client).stream()
                .flatMap(contact -> where("deals", "CONTACT_ID", text(contact, "ID")).stream())
                .map(row -> text(row, "ASSIGNED_BY_ID"))
                .toList();
    }

    @Override
    public List<Finding> own() {
        List<Finding> out = new ArrayList<>();
        open(out);
        order(out);
        return out;
    }

    private void open(List<Finding> out) {
        for (JsonNode row : state.path("calls")) {
            if (!row.path("finished").asBoolean()) {
                out.add(new Finding(Fault.OPEN, "not finished: " + row));
            }
        }
        Map<String, JsonNode> standing = new HashMap<>();
        for (JsonNode card : state.path("cards")) {
            String key = text(card, "user") + " " + text(card, "call");
            if (text(card, "action").equals("show")) {
                standing.put(key, card);
            } else {
                standing.remove(key);
            }
        }
        standing.values().forEach(card -> out.add(new Finding(Fault.OPEN, "card stands: " + card)));
    }

    /** Of each call: registered, then shown, then finished, then its recordings. */
    private void order(List<Finding> out) {
        for (JsonNode row : state.path("calls")) {
            String call = text(row, "CALL_ID");
            List<String> times = new ArrayList<>(List.of(text(row, "registeredAt")));
            where("cards", "call", call).stream()
                    .filter(card -> text(card, "action").equals("show"))
                    .forEach(card -> times.add(text(card, "at")));
            times.add(text(row, "finishedAt"));
            where("records", "CALL_ID", call).forEach(file -> times.add(text(file, "at")));
            if (!times.equals(times.stream().sorted().toList())) {
                out.add(new Finding(Fault.ORDER, times + " of " + row));
            }
        }
    }

    @Override
    public long refusals() {
        return state.path("bucket").path("refused").asLong(1)
                + state.path("operating").path("refused").asLong(1);
    }

    private List<JsonNode> where(String part, String key, String value) {
        return StreamSupport.stream(state.path(part).spliterator(), false)
                .filter(row -> text(row, key).equals(value))
                .toList();
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).asText();
    }
}
