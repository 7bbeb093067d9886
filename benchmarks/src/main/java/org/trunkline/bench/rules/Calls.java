package org.trunkline.bench.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.Client.Found;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Integration;
import org.trunkline.model.LegResult;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TransferKind;
import org.trunkline.rules.Situation;

/**
 * Calls of a company with 60 employees, ten of them unmapped, who answer a ring group of ten. The
 * first employees' ids are 100, 101, …; those from 150 on are not mapped.
 */
final class Calls {
    static final String LINE = "+74951110000";
    static final String SCENARIO = "main";
    static final String SOURCE = "search";

    private static final int FIRST = 100;
    private static final int EMPLOYEES = 60;
    private static final int MAPPED = 50;
    private static final int GROUP = 10;
    private static final PbxAccount ACCOUNT = account();
    private static final Integration INTEGRATION =
            new Integration(
                    "office-main",
                    "office",
                    "main",
                    "mikopbx-bitrix24",
                    mapping(),
                    JsonNodeFactory.instance.objectNode());

    private Calls() {}

    /** Ids of all employees. */
    static Stream<String> employees() {
        return IntStream.range(FIRST, FIRST + EMPLOYEES).mapToObj(String::valueOf);
    }

    /** By a name that says what is decided. */
    static Map<String, Situation> all() {
        Map<String, Situation> calls = new LinkedHashMap<>();
        calls.put("rings at ten phones", of(group(Direction.INBOUND), Client.UNKNOWN));
        calls.put("missed by all ten", of(group(Direction.INBOUND).ended(30), Client.UNKNOWN));
        calls.put(
                "answered, client with a closed deal",
                of(group(Direction.INBOUND).answered(5, 3).ended(60), client(false)));
        calls.put(
                "answered, client with an open deal",
                of(group(Direction.INBOUND).answered(5, 3).ended(60), client(true)));
        calls.put(
                "two transfers, unmapped last",
                of(
                        group(Direction.INBOUND)
                                .answered(5, 3)
                                .transferred(30, 3, 20, TransferKind.BLIND)
                                .answered(35, 20)
                                .transferred(60, 20, 55, TransferKind.ATTENDED)
                                .answered(65, 55)
                                .ended(90),
                        Client.UNKNOWN));
        calls.put(
                "a transfer that nobody answers",
                of(
                        group(Direction.INBOUND)
                                .answered(5, 3)
                                .transferred(30, 3, 20, TransferKind.BLIND)
                                .left(50, 20, LegResult.MISSED)
                                .ended(50),
                        client(false)));
        calls.put(
                "outgoing, transferred",
                of(
                        new Told(Direction.OUTBOUND)
                                .rung(1, 7)
                                .answered(9, 7)
                                .transferred(30, 7, 21, TransferKind.BLIND)
                                .answered(33, 21)
                                .ended(70),
                        Client.UNKNOWN));
        return calls;
    }

    private static Told group(Direction direction) {
        Told told = new Told(direction).tagged(Map.of("scenario", SCENARIO, "source", SOURCE));
        IntStream.range(0, GROUP).forEach(employee -> told.rung(2, employee));
        return told;
    }

    private static Situation of(Told told, Client client) {
        return new Situation(
                told.call(),
                Set.of("130", "131"),
                ACCOUNT,
                INTEGRATION,
                CrmKind.BITRIX24,
                client,
                Instant.parse("2026-11-21T11:00:00Z"),
                ZoneId.of("Europe/Moscow"));
    }

    private static Client client(boolean open) {
        return new Client(
                Optional.of(new Found(EntityKind.CONTACT, "1", "Some One", "301", true)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Found(EntityKind.DEAL, "2", "Some deal", "302", open)));
    }

    /** The extension of an employee by number, 0 to 59. */
    static String extension(int employee) {
        return String.valueOf(FIRST + employee);
    }

    private static Map<String, String> mapping() {
        Map<String, String> mapping = new LinkedHashMap<>();
        IntStream.range(0, MAPPED).forEach(e -> mapping.put(extension(e), "7" + extension(e)));
        return mapping;
    }

    private static PbxAccount account() {
        List<Line> lines = new ArrayList<>();
        lines.add(line(LINE, Line.Kind.MULTICHANNEL, Optional.empty()));
        List<Employee> employees = new ArrayList<>();
        for (int i = 0; i < EMPLOYEES; i++) {
            String id = extension(i);
            lines.add(line("+74951120" + id, Line.Kind.DIRECT, Optional.of(id)));
            employees.add(
                    new Employee(
                            id,
                            id,
                            "Employee " + id,
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            true));
        }
        return new PbxAccount(
                "office",
                PbxKind.MANGO,
                "",
                0,
                true,
                "",
                Optional.<URI>empty(),
                lines,
                employees,
                Optional.empty());
    }

    private static Line line(String number, Line.Kind kind, Optional<String> employee) {
        return new Line(PhoneNumber.read(number, "RU").orElseThrow(), kind, employee, false);
    }
}
