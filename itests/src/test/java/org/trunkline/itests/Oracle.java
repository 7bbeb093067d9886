package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trunkline.itests.PortalSide.Written;

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
    private final PortalSide portal;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param hubCalls the company's list of calls
     */
    Oracle(List<JsonNode> hubCalls, PortalSide portal) {
        this.hubCalls = hubCalls;
        this.portal = portal;
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
        findings.addAll(portal.own());
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
        List<CallKind.Wanted> wanted = portal.wanted(played.kind());
        List<Written> records = records(played.client());
        count("record(s) in the portal", wanted.size(), records.size(), played);
        for (CallKind.Wanted one : wanted) {
            records.stream()
                    .filter(record -> record.user().equals(one.user()))
                    .findFirst()
                    .ifPresentOrElse(
                            found -> record(one, found, played),
                            () -> add(Fault.WRONG, "no record of " + one.user(), played));
        }
        Optional<String> owner = portal.owner(played.kind());
        owned("contact", portal.contacts(played.client()), owner, played);
        owned("deal", portal.deals(played.client()), owner, played);
    }

    private void record(CallKind.Wanted wanted, Written found, PlayedCall played) {
        differs("direction", played.kind().direction(), found.direction(), played);
        differs("status", wanted.status(), found.status(), played);
        if (found.seconds() < wanted.fromSeconds() || found.seconds() > wanted.toSeconds()) {
            add(Fault.WRONG, wanted + " wanted, " + found.seconds() + " s found", played);
        }
        count("recording(s)", wanted.recorded() ? 1 : 0, found.recordings(), played);
        found.flaws().forEach(flaw -> add(flaw.fault(), flaw.text(), played));
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
                                                && !text(call, "direction").equals("internal")
                                                && portal.keeps(call));
        List<Written> records = records(played.client());
        if (known && records.isEmpty()) {
            add(Fault.LOST, "the hub knows the call, the portal has no record", played);
        }
        int most = portal.wanted(played.kind()).size();
        atMost("record(s) in the portal", most, records.size(), played);
        atMost("contact(s)", 1, portal.contacts(played.client()).size(), played);
        atMost("deal(s)", 1, portal.deals(played.client()).size(), played);
    }

    /** Neither a call nor a record that nobody played. */
    private void nothingElse(List<PlayedCall> all) {
        Set<String> clients =
                all.stream().map(p -> PortalSide.digits(p.client())).collect(Collectors.toSet());
        portal.records().stream()
                .filter(record -> !clients.contains(PortalSide.digits(record.number())))
                .forEach(
                        record ->
                                findings.add(
                                        new Finding(
                                                Fault.WRONG, "nobody's record " + record.row())));
        Set<JsonNode> known = new HashSet<>();
        all.forEach(played -> known.addAll(heard(played)));
        hubCalls.stream()
                .filter(call -> !known.contains(call))
                .forEach(call -> findings.add(new Finding(Fault.WRONG, "nobody's call " + call)));
    }

    private void nothingTwice() {
        Map<String, Integer> ids = new HashMap<>();
        hubCalls.forEach(call -> ids.merge("call " + text(call, "pbxCallId"), 1, Integer::sum));
        portal.records().forEach(record -> ids.merge("record " + record.key(), 1, Integer::sum));
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
    }

    private List<JsonNode> heard(PlayedCall played) {
        return hubCalls.stream()
                .filter(
                        call ->
                                text(call, "client").equals(played.client())
                                        || played.pbxCallIds().contains(text(call, "pbxCallId")))
                .toList();
    }

    private List<Written> records(String client) {
        return portal.records().stream()
                .filter(
                        record ->
                                PortalSide.digits(record.number())
                                        .equals(PortalSide.digits(client)))
                .toList();
    }

    private void owned(
            String what, List<String> owners, Optional<String> owner, PlayedCall played) {
        if (owner.isEmpty()) {
            atMost(what + "(s)", 0, owners.size(), played);
            return;
        }
        count(what + "(s)", 1, owners.size(), played);
        if (!owner.get().equals(PortalSide.ANYBODY)) {
            owners.forEach(found -> differs(what + "'s owner", owner.get(), found, played));
        }
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
}
