package org.trunkline.crm.bitrix24.internal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.bitrix24.internal.directory.Bitrix24Directory;
import org.trunkline.crm.connector.directory.KeptDirectory;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.internal.OpenStore;
import org.trunkline.store.internal.TestClock;

/** A portal, the connector, and what the hub knows of the portal in a real store. */
abstract class DirectoryAgainstSandbox extends AgainstSandbox {

    static final String PRESET = "t2-bitrix24";

    @TempDir Path data;

    final TestClock clock = new TestClock();
    OpenStore store;
    Bitrix24Directory directory;

    @BeforeEach
    void openDirectory() throws SQLException {
        portal.companies.provisioned = Optional.of(company());
        store = new OpenStore(data);
        directory = newDirectory();
    }

    @AfterEach
    void closeDirectory() {
        directory.stop();
        store.close();
    }

    Bitrix24Directory newDirectory() {
        return new Bitrix24Directory(
                new KeptDirectory.Stores(portal.companies, leases, store.notes, store.book),
                connector,
                new DefaultConfig(),
                clock);
    }

    /** Two lines, two mapped employees and one who is not. */
    Company company() {
        return company(
                List.of(
                        new Line(
                                number("+74951000009"),
                                Line.Kind.MULTICHANNEL,
                                Optional.empty(),
                                true),
                        new Line(
                                number("+74951000008"),
                                Line.Kind.MULTICHANNEL,
                                Optional.empty(),
                                false)),
                List.of(
                        employee("201", "Ivan Petrov", "+74951000001"),
                        employee("202", "Olga Sidorova", "+74951000002"),
                        employee("203", "Petr Ivanov", "+74951000003")),
                Map.of("201", "7", "202", "8"));
    }

    Company company(List<Line> lines, List<Employee> employees, Map<String, String> mapping) {
        return new Company(
                "acme",
                "Acme",
                "RU",
                List.of(
                        new PbxAccount(
                                "office",
                                PbxKind.UIS,
                                "",
                                0,
                                false,
                                "",
                                Optional.empty(),
                                lines,
                                employees,
                                Optional.empty())),
                List.of(portal.portal),
                List.of(
                        new Integration(
                                "office-main",
                                "office",
                                "main",
                                PRESET,
                                mapping,
                                Json.tree("{}"))));
    }

    static Employee employee(String extension, String name, String number) {
        return new Employee(
                extension,
                extension,
                name,
                Optional.empty(),
                PhoneNumber.read(number, "RU"),
                false,
                true);
    }

    static PhoneNumber number(String text) {
        return PhoneNumber.read(text, "RU").orElseThrow();
    }

    void users(int many) {
        portal.put(
                "{\"users\":["
                        + String.join(
                                ",",
                                IntStream.rangeClosed(1, many)
                                        .mapToObj(
                                                id ->
                                                        "{\"ID\":\""
                                                                + id
                                                                + "\",\"ACTIVE\":true,\"NAME\":\"U\"}")
                                        .toList())
                        + "]}");
    }

    /** Requests that the portal saw so far. */
    long requests() {
        return portal.requests().size();
    }

    void later(Duration time) {
        clock.advance(time);
    }
}
