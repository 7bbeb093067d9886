package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares, call by call, what was played with what the hub and one portal hold at rest. Nothing of
 * it comes from the hub's code: what is wanted stands in {@link CallKind}.
 */
final class Oracle {
    /** Lost: what is wanted is not there. Doubled: it is there more than once. */
    enum Fault {
        LOST,
        DOUBLED,
        OPEN,
        ORDER,
        WRONG
    }

    record Finding(Fault fault, String text) {}

    private final List<JsonNode> hubCalls;
    private final JsonNode portal;
    private final Set<String> recordingHashes;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param hubCalls the company's list of calls
     * @param portal {@code _state}
     * @param recordingHashes SHA-256 of the files that the PBX wrote
     */
    Oracle(List<JsonNode> hubCalls, JsonNode portal, Set<String> recordingHashes) {
        this.hubCalls = hubCalls;
        this.portal = portal;
        this.recordingHashes = recordingHashes;
    }

    /**
     * @param exact calls all of whose events were sent to the hub
     * @param partial calls of which the hub could hear a part at most
     */
    List<Finding> compare(List<PlayedCall> exact, List<PlayedCall> partial) {
        exact.forEach(this::exact);
        partial.forEach(this::partial);
        List<PlayedCall> all = new ArrayList<>(exact);
        all.addAll(partial);
        nothingElse(all);
        nothingTwice();
        nothingOpen();
        inOrder();
        return List.copyOf(findings);
    }

    private void exact(PlayedCall played) {
        List<JsonNode> heard = heard(played);
        count("call(s) in the hub", 1, heard.size(), played);
        for (JsonNode call : heard) {
            differs("direction", played.kind().direction(), text(call, "direction"), played);
            boolean answered = text(call, "result").equals("answered");
            differs("answered", "" + played.kind().answered(), "" + answered, played);
        }
        List<JsonNode> records = records(played.client());
        count("record(s) in the portal", played.kind().records().size(), records.size(), played);
        for (CallKind.Wanted wanted : played.kind().records()) {
            records.stream()
                    .filter(r -> text(r, "PORTAL_USER_ID").equals(wanted.user()))
                    .findFirst()
                    .ifPresentOrElse(
                            found -> record(wanted, found, played),
                            () -> add(Fault.WRONG, "no record of " + wanted.user(), played));
        }
        if (!played.kind().records().isEmpty()) {
            String owner = played.kind().records().get(0).user();
            owned("contact", contacts(played.client()), owner, played);
            owned("deal", deals(played.client()), owner, played);
        } else {
            atMost("contact(s)", 0, contacts(played.client()).size(), played);
        }
    }

    private void record(CallKind.Wanted wanted, JsonNode found, PlayedCall played) {
        String type = played.kind().direction().equals("outbound") ? "1" : "2";
        differs("CALL_TYPE", type, text(found, "CALL_TYPE"), played);
        differs("CALL_FAILED_CODE", wanted.status(), text(found, "CALL_FAILED_CODE"), played);
        int seconds = found.path("CALL_DURATION").asInt();
        if (seconds < wanted.fromSeconds() || seconds > wanted.toSeconds()) {
            add(Fault.WRONG, wanted + " wanted, " + seconds + " s found", played);
        }
        if (text(found, "CRM_ACTIVITY_ID").isEmpty()) {
            add(Fault.LOST, "the record has no activity", played);
        }
        List<JsonNode> files = where("records", "CALL_ID", text(found, "CALL_ID"));
        count("recording(s)", wanted.recorded() ? 1 : 0, files.size(), played);
        files.stream()
                .filter(file -> !recordingHashes.contains(text(file, "SHA256")))
                .forEach(file -> add(Fault.WRONG, "the recording has other bytes", played));
    }

    private void partial(PlayedCall played) {
        // A consultation of which the beginning was not heard is taken as a call between employees.
        boolean internal = played.kind() == CallKind.INTERNAL;
        long calls =
                heard(played).stream()
                        .filter(call -> internal || !text(call, "direction").equals("internal"))
                        .count();
        atMost("call(s) in the hub", 1, (int) calls, played);
        boolean known =
                heard(played).stream()
                        .anyMatch(
                                call ->
                                        text(call, "client").equals(played.client())
                                                // Heard to reach an employee: else rule T13 keeps
                                                // it out of the portal.
                                                && !call.path("legs").isEmpty()
                                                && !text(call, "direction").equals("internal"));
        if (known && records(played.client()).isEmpty()) {
            add(Fault.LOST, "the hub knows the call, the portal has no record", played);
        }
        int most = played.kind().records().size();
        atMost("record(s) in the portal", most, records(played.client()).size(), played);
        atMost("contact(s)", 1, contacts(played.client()).size(), played);
        atMost("deal(s)", 1, deals(played.client()).size(), played);
    }

    /** Neither a call nor a record that nobody played. */
    private void nothingElse(List<PlayedCall> all) {
        Set<String> clients = all.stream().map(p -> digits(p.client())).collect(Collectors.toSet());
        for (JsonNode record : portal.path("calls")) {
            if (!clients.contains(digits(text(record, "PHONE_NUMBER")))) {
                findings.add(new Finding(Fault.WRONG, "nobody's record " + record));
            }
        }
        Set<JsonNode> known = new HashSet<>();
        all.forEach(played -> known.addAll(heard(played)));
        hubCalls.stream()
                .filter(call -> !known.contains(call))
                .forEach(call -> findings.add(new Finding(Fault.WRONG, "nobody's call " + call)));
    }

    private void nothingTwice() {
        Map<String, Integer> ids = new HashMap<>();
        hubCalls.forEach(call -> ids.merge("call " + text(call, "pbxCallId"), 1, Integer::sum));
        portal.path("calls")
                .forEach(
                        row ->
                                ids.merge(
                                        "record " + text(row, "EXTERNAL_CALL_ID"),
                                        1,
                                        Integer::sum));
        ids.forEach(
                (id, times) -> {
                    if (times > 1) {
                        findings.add(new Finding(Fault.DOUBLED, id + " " + times + " times"));
                    }
                });
    }

    private void nothingOpen() {
        hubCalls.stream()
                .filter(call -> !text(call, "state").equals("ended"))
                .forEach(call -> findings.add(new Finding(Fault.OPEN, "not ended: " + call)));
        for (JsonNode row : portal.path("calls")) {
            if (!row.path("finished").asBoolean()) {
                findings.add(new Finding(Fault.OPEN, "not finished: " + row));
            }
        }
        Map<String, JsonNode> standing = new HashMap<>();
        for (JsonNode card : portal.path("cards")) {
            String key = text(card, "user") + " " + text(card, "call");
            if (text(card, "action").equals("show")) {
                standing.put(key, card);
            } else {
                standing.remove(key);
            }
        }
        standing.values()
                .forEach(card -> findings.add(new Finding(Fault.OPEN, "card stands: " + card)));
    }

    /** Of each call: registered, then shown, then finished, then its recordings. */
    private void inOrder() {
        for (JsonNode row : portal.path("calls")) {
            String call = text(row, "CALL_ID");
            List<String> times = new ArrayList<>(List.of(text(row, "registeredAt")));
            where("cards", "call", call).stream()
                    .filter(card -> text(card, "action").equals("show"))
                    .forEach(card -> times.add(text(card, "at")));
            times.add(text(row, "finishedAt"));
            where("records", "CALL_ID", call).forEach(file -> times.add(text(file, "at")));
            if (!times.equals(times.stream().sorted().toList())) {
                findings.add(new Finding(Fault.ORDER, times + " of " + row));
            }
        }
    }

    private List<JsonNode> heard(PlayedCall played) {
        return hubCalls.stream()
                .filter(
                        call ->
                                text(call, "client").equals(played.client())
                                        || played.pbxCallIds().contains(text(call, "pbxCallId")))
                .toList();
    }

    private List<JsonNode> records(String client) {
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode row : portal.path("calls")) {
            if (digits(text(row, "PHONE_NUMBER")).equals(digits(client))) {
                out.add(row);
            }
        }
        return out;
    }

    private List<JsonNode> contacts(String client) {
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode contact : portal.path("contacts")) {
            for (JsonNode phone : contact.path("PHONE")) {
                if (digits(text(phone, "VALUE")).equals(digits(client))) {
                    out.add(contact);
                }
            }
        }
        return out;
    }

    private List<JsonNode> deals(String client) {
        return contacts(client).stream()
                .flatMap(contact -> where("deals", "CONTACT_ID", text(contact, "ID")).stream())
                .toList();
    }

    private List<JsonNode> where(String part, String key, String value) {
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode row : portal.path(part)) {
            if (text(row, key).equals(value)) {
                out.add(row);
            }
        }
        return out;
    }

    private void owned(String what, List<JsonNode> rows, String owner, PlayedCall played) {
        count(what + "(s)", 1, rows.size(), played);
        rows.forEach(r -> differs(what + "'s owner", owner, text(r, "ASSIGNED_BY_ID"), played));
    }

    private void count(String what, int wanted, int found, PlayedCall played) {
        if (found < wanted) {
            add(Fault.LOST, wanted + " " + what + " wanted, " + found + " found", played);
        }
        atMost(what, wanted, found, played);
    }

    private void atMost(String what, int wanted, int found, PlayedCall played) {
        if (found > wanted) {
            add(Fault.DOUBLED, wanted + " " + what + " wanted, " + found + " found", played);
        }
    }

    private void differs(String what, String wanted, String found, PlayedCall played) {
        if (!wanted.equals(found)) {
            add(Fault.WRONG, what + " " + wanted + " wanted, " + found + " found", played);
        }
    }

    private void add(Fault fault, String text, PlayedCall played) {
        findings.add(new Finding(fault, text + ": " + played));
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).asText();
    }

    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
