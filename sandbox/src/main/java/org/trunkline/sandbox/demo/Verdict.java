package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.demo.Scene.ClientCall;
import org.trunkline.sandbox.demo.Scene.CrmRecord;

/** Compares what the CRM holds with what the rules ask. */
final class Verdict {
    private Verdict() {}

    /** What differs, in words; empty = as it must be. */
    static List<String> differences(ClientCall wanted, CrmView crm) {
        List<String> out = new ArrayList<>();
        if (crm.calls().size() != wanted.records().size()) {
            out.add(
                    wanted.records().size()
                            + " call record(s) wanted, "
                            + crm.calls().size()
                            + " found");
        }
        if (!crm.allFinished()) {
            out.add("a registered call was never finished");
        }
        wanted.records().forEach(record -> record(record, wanted, crm, out));
        only("contact", crm.contacts(), out);
        only("deal", crm.deals(), out);
        String owner = wanted.records().get(0).user();
        responsible("contact", crm.contacts(), owner, out);
        responsible("deal", crm.deals(), owner, out);
        Set<String> missing = new HashSet<>(wanted.cards());
        missing.removeAll(crm.shownTo());
        missing.forEach(user -> out.add("user " + user + " saw no card"));
        if (!crm.stillShown().isEmpty()) {
            out.add("a card still stands on the screen of " + crm.stillShown());
        }
        return out;
    }

    private static void record(CrmRecord wanted, ClientCall call, CrmView crm, List<String> out) {
        Optional<JsonNode> found = crm.call(wanted.user());
        if (found.isEmpty()) {
            out.add("no call record of user " + wanted.user());
            return;
        }
        JsonNode row = found.get();
        String type = call.direction().equals("outbound") ? "1" : "2";
        differs("type", type, row.path("CALL_TYPE").asText(), out);
        differs(
                "status of user " + wanted.user(),
                wanted.status(),
                row.path("CALL_FAILED_CODE").asText(),
                out);
        int seconds = CrmView.seconds(row);
        if (!wanted.takes(seconds)) {
            out.add(
                    "seconds of user "
                            + wanted.user()
                            + ": "
                            + wanted.fromSeconds()
                            + " to "
                            + wanted.toSeconds()
                            + " wanted, "
                            + seconds
                            + " found");
        }
        if (wanted.recorded() && !CrmView.recorded(row)) {
            out.add("no recording is attached");
        }
        if (row.path("CRM_ACTIVITY_ID").asText().isEmpty()) {
            out.add("the call of user " + wanted.user() + " has no activity in the CRM");
        }
    }

    private static void only(String what, List<JsonNode> rows, List<String> out) {
        if (rows.size() != 1) {
            out.add("1 " + what + " wanted, " + rows.size() + " found");
        }
    }

    private static void responsible(
            String what, List<JsonNode> rows, String user, List<String> out) {
        rows.forEach(
                row ->
                        differs(
                                "responsible of the " + what,
                                user,
                                row.path("ASSIGNED_BY_ID").asText(),
                                out));
    }

    private static void differs(String what, String wanted, String found, List<String> out) {
        if (!wanted.equals(found)) {
            out.add(
                    what
                            + ": "
                            + wanted
                            + " wanted, "
                            + (found.isEmpty() ? "none" : found)
                            + " found");
        }
    }
}
