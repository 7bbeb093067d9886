package org.trunkline.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Confidence;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Fact;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.LegResult;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TransferKind;

/**
 * A call told as a story, second by second, and what is decided of it. Employees 201, 202, 203 are
 * CRM users 7, 8, 9; employee 209 is not mapped.
 */
final class Story {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final String DIRECT = "+74951000001";
    static final String MULTICHANNEL = "+74951000002";

    private final List<CallEvent> events = new ArrayList<>();
    private final Map<String, String> mapping =
            new HashMap<>(Map.of("201", "7", "202", "8", "203", "9"));
    private final Set<String> onAnotherCall = new HashSet<>();
    private String preset = "mikopbx-bitrix24";
    private String settings = "{}";
    private Client client = Client.UNKNOWN;
    private Instant now = START.plusSeconds(3_600);

    private Story(Optional<Direction> direction, Optional<String> client, String line) {
        tell(
                0,
                "",
                new Fact.Started(
                        direction,
                        client.flatMap(n -> PhoneNumber.read(n, "RU")),
                        PhoneNumber.read(line, "RU")));
    }

    static Story inbound() {
        return inbound(DIRECT);
    }

    static Story inbound(String line) {
        return new Story(Optional.of(Direction.INBOUND), Optional.of("+79161234567"), line);
    }

    static Story anonymous() {
        return new Story(Optional.of(Direction.INBOUND), Optional.empty(), DIRECT);
    }

    static Story outbound() {
        return new Story(Optional.of(Direction.OUTBOUND), Optional.of("+79167654321"), DIRECT);
    }

    static Story ofUnknownDirection() {
        return new Story(Optional.empty(), Optional.of("+79161234567"), DIRECT);
    }

    static Story internal() {
        return new Story(Optional.of(Direction.INTERNAL), Optional.empty(), "");
    }

    Story rings(int second, String extension) {
        return tell(second, extension, new Fact.LegRinging(extension));
    }

    Story answers(int second, String extension) {
        return tell(second, extension, new Fact.LegAnswered());
    }

    Story leaves(int second, String extension, LegResult result) {
        return tell(second, extension, new Fact.LegEnded(result));
    }

    Story transferred(int second, String from, String to, TransferKind kind) {
        return tell(second, to, new Fact.Transferred(kind, from)).rings(second, to);
    }

    Story tagged(int second, String name, String value) {
        return tell(second, "", new Fact.Tagged(Map.of(name, value)));
    }

    Story recorded(int second, String leg, String id) {
        return tell(second, leg, new Fact.RecordingReady(id, "/monitor/" + id));
    }

    Story transcribed(int second, String text) {
        return tell(second, "", new Fact.TranscriptReady(text));
    }

    Story becomesPartOf(int second, String callKey) {
        return tell(second, "", new Fact.Merged(callKey));
    }

    Story ends(int second) {
        return tell(second, "", new Fact.Ended(Optional.empty()));
    }

    Story ends(int second, CallResult result) {
        return tell(second, "", new Fact.Ended(Optional.of(result)));
    }

    Story preset(String name) {
        preset = name;
        return this;
    }

    Story with(String settingsOverPreset) {
        settings = settingsOverPreset;
        return this;
    }

    Story knows(Client client) {
        this.client = client;
        return this;
    }

    Story at(int second) {
        now = START.plusSeconds(second);
        return this;
    }

    Story onAnotherCall(String extension) {
        onAnotherCall.add(extension);
        return this;
    }

    Story unmapped(String... employees) {
        List.of(employees).forEach(mapping::remove);
        return this;
    }

    private Story tell(int second, String leg, Fact fact) {
        Instant at = START.plusSeconds(second);
        events.add(
                new CallEvent(
                        "acme",
                        "office",
                        "1.0",
                        leg.isEmpty() ? Optional.empty() : Optional.of(leg),
                        Optional.empty(),
                        events.size(),
                        at,
                        at,
                        Confidence.LIVE,
                        fact,
                        ""));
        return this;
    }

    Call call() {
        CallFold fold = CallFold.of("acme", "office", "1.0");
        for (CallEvent event : events) {
            fold = fold.with(event);
        }
        return fold.call();
    }

    Decision decided() {
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        preset,
                        mapping,
                        JsonNodeFactory.instance.objectNode());
        return Rules.decide(
                new Situation(
                        call(),
                        onAnotherCall,
                        account(),
                        integration,
                        preset.endsWith("amocrm") ? CrmKind.AMOCRM : CrmKind.BITRIX24,
                        client,
                        now,
                        ZoneId.of("Europe/Moscow")),
                Presets.settings(preset, Json.tree(settings)));
    }

    boolean asksForClient() {
        return Rules.asksForClient(
                call(), account(), Presets.settings(preset, Json.tree(settings)));
    }

    List<CallRecord> records() {
        return decided().records();
    }

    CallRecord onlyRecord() {
        if (records().size() != 1) {
            throw new AssertionError("one record expected: " + decided());
        }
        return records().get(0);
    }

    Decision.Part part(String what) {
        return decided().parts().stream()
                .filter(p -> p.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no part " + what + ": " + decided()));
    }

    private static PbxAccount account() {
        List<Employee> employees = new ArrayList<>();
        for (String extension : List.of("201", "202", "203", "209")) {
            employees.add(
                    new Employee(
                            extension,
                            extension,
                            "Employee " + extension,
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            true));
        }
        return new PbxAccount(
                "office",
                PbxKind.ASTERISK,
                "127.0.0.1",
                5038,
                false,
                "crm",
                Optional.empty(),
                List.of(
                        line(DIRECT, Line.Kind.DIRECT, Optional.of("201")),
                        line(MULTICHANNEL, Line.Kind.MULTICHANNEL, Optional.empty())),
                employees,
                Optional.of(
                        new Asterisk(
                                List.of("from-trunk"),
                                List.of("internal"),
                                "all_peers",
                                Optional.empty(),
                                Optional.empty())));
    }

    private static Line line(String number, Line.Kind kind, Optional<String> employee) {
        return new Line(PhoneNumber.read(number, "RU").orElseThrow(), kind, employee, false);
    }
}
