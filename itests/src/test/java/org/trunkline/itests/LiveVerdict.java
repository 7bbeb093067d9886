package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the calls of one scenario with what the hub and the portal hold. A CRM user's id is the
 * employee's extension. All clocks are the machine's own.
 */
final class LiveVerdict {
    /** For the time that a signal takes through the PBX, and whole seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final LiveScenario scenario;
    private final List<LiveWanted> wanted;
    private final List<JsonNode> hubCalls;
    private final JsonNode portal;
    private final Set<String> recordings;
    private final List<String> differences = new ArrayList<>();

    /**
     * @param hubCalls the company's calls
     * @param portal its {@code _state}
     * @param recordings SHA-256 of the files that Asterisk wrote
     */
    LiveVerdict(
            LiveScenario scenario,
            List<LiveWanted> wanted,
            List<JsonNode> hubCalls,
            JsonNode portal,
            Set<String> recordings) {
        this.scenario = scenario;
        this.wanted = wanted;
        this.hubCalls = hubCalls;
        this.portal = portal;
        this.recordings = recordings;
    }

    /** In words; empty if all is as it must be. */
    List<String> differences() {
        List<JsonNode> calls =
                hubCalls.stream()
                        .filter(call -> extensions(call).stream().anyMatch(this::ours))
                        .toList();
        differs("calls in the hub", wanted.size(), calls.size());
        for (LiveWanted one : wanted) {
            calls.stream()
                    .filter(call -> text(call, "direction").equals(one.direction()))
                    .filter(call -> one.isInternal() || digits(call, "line").equals(one.line()))
                    .findFirst()
                    .ifPresentOrElse(
                            call -> hub(one, call),
                            () -> differences.add("wanted in the hub " + one + ", not found"));
        }
        crm(wanted.stream().filter(one -> !one.isInternal()).toList());
        return differences;
    }

    private boolean ours(String extension) {
        return scenario.employees().contains(extension);
    }

    private void hub(LiveWanted one, JsonNode call) {
        differs("client", one.client(), digits(call, "client"));
        differs("state", "ended", text(call, "state"));
        differs("result", one.result(), text(call, "result"));
        near("talkSeconds", one.talk(), call.path("talkSeconds").asInt());
        Map<String, String> ids = new HashMap<>();
        call.path("legs").forEach(leg -> ids.put(text(leg, "id"), text(leg, "extension")));
        differs("legs", one.legs().size(), call.path("legs").size());
        for (LiveWanted.Leg leg : one.legs()) {
            for (JsonNode found : call.path("legs")) {
                if (text(found, "extension").equals(leg.extension())) {
                    leg(leg, found, ids);
                }
            }
        }
        Set<String> phones =
                one.legs().stream().map(LiveWanted.Leg::extension).collect(Collectors.toSet());
        differs("phones", phones, extensions(call));
        differs("recordings in the hub", one.recorded() ? 1 : 0, call.path("recordings").size());
        call.path("recordings")
                .forEach(recording -> differs("state", "attached", text(recording, "state")));
    }

    private void leg(LiveWanted.Leg leg, JsonNode found, Map<String, String> ids) {
        String name = "leg " + leg.extension() + ": ";
        differs(name + "result", leg.result(), text(found, "result"));
        differs(name + "employee", leg.extension(), text(found, "employee"));
        differs(name + "transfer", leg.transfer(), text(found, "transfer"));
        differs(
                name + "transferredFrom",
                leg.transferredFrom().orElse(""),
                ids.getOrDefault(text(found, "transferredFrom"), ""));
        if (leg.talk().isEmpty()) {
            differs(name + "answeredAt", "", text(found, "answeredAt"));
            return;
        }
        at(name + "answeredAt", leg.talk().get().from(), text(found, "answeredAt"));
        at(name + "endedAt", leg.talk().get().to(), text(found, "endedAt"));
    }

    private void crm(List<LiveWanted> calls) {
        Set<String> clients = calls.stream().map(LiveWanted::client).collect(Collectors.toSet());
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : portal.path("calls")) {
            boolean ours = ours(text(row, "PORTAL_USER_ID"));
            if (ours || clients.contains(digits(row, "PHONE_NUMBER"))) {
                rows.add(row);
            }
        }
        Set<String> owners = new HashSet<>();
        Set<String> shown = new HashSet<>();
        int records = 0;
        for (LiveWanted call : calls) {
            call.legs().forEach(leg -> shown.add(leg.extension()));
            List<LiveWanted.Leg> talks =
                    call.legs().stream().filter(leg -> leg.talk().isPresent()).toList();
            if (talks.isEmpty()) {
                records++;
                Set<String> users =
                        call.missedBy().isEmpty()
                                ? Set.of(call.legs().get(0).extension())
                                : call.missedBy();
                owners.addAll(users);
                record(rows, call, users, status(call), Duration.ZERO);
            } else {
                records += talks.size();
                owners.add(talks.get(0).extension());
                for (LiveWanted.Leg leg : talks) {
                    Duration talk = leg.talk().orElseThrow().length();
                    record(rows, call, Set.of(leg.extension()), "200", talk);
                }
            }
        }
        differs("records in the CRM", records, rows.size());
        cards(shown);
        clients.forEach(client -> entities(client, owners));
        recordings(rows, (int) calls.stream().filter(LiveWanted::recorded).count());
    }

    /** docs/bitrix24.md, section 3. */
    private static String status(LiveWanted call) {
        boolean inbound = call.direction().equals("inbound");
        return switch (inbound ? "missed" : call.result()) {
            case "missed" -> "304";
            case "busy" -> "486";
            case "cancelled" -> "603-S";
            default -> "503";
        };
    }

    private void record(
            List<JsonNode> rows, LiveWanted call, Set<String> users, String status, Duration talk) {
        List<JsonNode> found =
                rows.stream().filter(row -> users.contains(text(row, "PORTAL_USER_ID"))).toList();
        differs("CRM records of " + users, 1, found.size());
        for (JsonNode row : found) {
            String name = "CRM record of " + users + ": ";
            String type = call.direction().equals("inbound") ? "2" : "1";
            differs(name + "CALL_TYPE", type, text(row, "CALL_TYPE"));
            differs(name + "PHONE_NUMBER", call.client(), digits(row, "PHONE_NUMBER"));
            differs(name + "CALL_FAILED_CODE", status, text(row, "CALL_FAILED_CODE"));
            near(name + "CALL_DURATION", talk, row.path("CALL_DURATION").asInt());
            differs(name + "finished", true, row.path("finished").asBoolean());
            differs(name + "has no activity", false, text(row, "CRM_ACTIVITY_ID").isEmpty());
        }
    }

    private void cards(Set<String> wanted) {
        Set<String> shown = new HashSet<>();
        Set<String> standing = new HashSet<>();
        for (JsonNode card : portal.path("cards")) {
            String user = text(card, "user");
            if (!ours(user)) {
                continue;
            }
            if (text(card, "action").equals("show")) {
                shown.add(user);
                standing.add(user);
            } else {
                standing.remove(user);
            }
        }
        differs("cards shown to", wanted, shown);
        differs("cards that still stand", Set.of(), standing);
    }

    private void entities(String client, Set<String> owners) {
        List<JsonNode> contacts = new ArrayList<>();
        for (JsonNode contact : portal.path("contacts")) {
            if (digits(contact.path("PHONE").path(0), "VALUE").equals(client)) {
                contacts.add(contact);
            }
        }
        differs("contacts", 1, contacts.size());
        for (JsonNode contact : contacts) {
            owned("contact", contact, owners);
            int deals = 0;
            for (JsonNode deal : portal.path("deals")) {
                if (text(deal, "CONTACT_ID").equals(text(contact, "ID"))) {
                    deals++;
                    owned("deal", deal, owners);
                }
            }
            differs("deals", 1, deals);
        }
    }

    private void owned(String what, JsonNode row, Set<String> owners) {
        String owner = text(row, "ASSIGNED_BY_ID");
        if (!owners.contains(owner)) {
            differs(what + "'s owner", owners, owner);
        }
    }

    private void recordings(List<JsonNode> rows, int count) {
        Set<String> ids = rows.stream().map(r -> text(r, "CALL_ID")).collect(Collectors.toSet());
        int found = 0;
        for (JsonNode record : portal.path("records")) {
            if (ids.contains(text(record, "CALL_ID"))) {
                found++;
                if (!recordings.contains(text(record, "SHA256"))) {
                    differs("SHA-256 of the recording", recordings, text(record, "SHA256"));
                }
            }
        }
        differs("recordings in the CRM", count, found);
    }

    private void near(String what, Duration talk, int found) {
        if (Math.abs(talk.toSeconds() - found) > TOLERANCE.toSeconds()) {
            differs(what, talk, found);
        }
    }

    private void at(String what, Instant moment, String found) {
        boolean near =
                !found.isEmpty()
                        && Duration.between(moment, Instant.parse(found)).abs().compareTo(TOLERANCE)
                                <= 0;
        if (!near) {
            differs(what, moment, found);
        }
    }

    private void differs(String what, Object wanted, Object found) {
        if (!Objects.equals(wanted, found)) {
            differences.add(what + ": " + wanted + " wanted, " + found + " found");
        }
    }

    private static Set<String> extensions(JsonNode call) {
        Set<String> out = new HashSet<>();
        call.path("legs").forEach(leg -> out.add(text(leg, "extension")));
        return out;
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).asText();
    }

    private static String digits(JsonNode row, String key) {
        return text(row, key).replaceAll("\\D", "");
    }
}
