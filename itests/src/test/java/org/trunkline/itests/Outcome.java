package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the oracle found in one run, and the row that tells of it. */
final class Outcome {
    private static final String HEAD =
            "| run | database | seed | calls | exact | what was done | requests struck | lost | doubled | open"
                    + " | wrong | order | dead | quota | in the log | s |\n"
                    + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

    private final int calls;
    private final List<Oracle.Finding> findings = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Map<String, Integer> struck = new TreeMap<>();
    private int exact;
    private long quota;
    private int dead;
    private Duration took = Duration.ZERO;

    Outcome(int calls) {
        this.calls = calls;
    }

    /** Requests struck, by the names of the faults. */
    Map<String, Integer> struck() {
        return struck;
    }

    int exact() {
        return exact;
    }

    void exact(int more) {
        exact += more;
    }

    void found(List<Oracle.Finding> more) {
        findings.addAll(more);
    }

    void dead(int rows) {
        dead = rows;
    }

    void took(Duration time) {
        took = time;
    }

    /** Requests that faults struck, and those that the portal's own limits refused. */
    void portal(JsonNode state, PortalSide portal) {
        state.path("struck")
                .properties()
                .forEach(
                        fault ->
                                struck.merge(
                                        fault.getKey(), fault.getValue().asInt(), Integer::sum));
        quota += portal.refusals();
    }

    void log(String log, Collection<String> secrets, List<PlayedCall> played) {
        secrets.stream().filter(log::contains).forEach(found -> logged.add("a secret"));
        played.stream()
                .map(call -> call.client().substring(1))
                .filter(log::contains)
                .forEach(logged::add);
    }

    /** Writes the row down and prints it, then fails if anything is not as it must be. */
    void check(String run, String database, long seed, String done) throws IOException {
        String row =
                String.format(
                        "| %s | %s | %d | %d | %d | %s | %s | %d | %d | %d | %d | %d | %d | %d | %d |"
                                + " %d |%n",
                        run,
                        database,
                        seed,
                        calls,
                        exact,
                        done,
                        struck.entrySet().stream()
                                .map(fault -> fault.getKey() + " " + fault.getValue())
                                .collect(Collectors.joining(", ")),
                        sum(Oracle.Fault.LOST),
                        sum(Oracle.Fault.DOUBLED),
                        sum(Oracle.Fault.OPEN),
                        sum(Oracle.Fault.WRONG),
                        sum(Oracle.Fault.ORDER),
                        dead,
                        quota,
                        logged.size(),
                        took.toSeconds());
        Path table = Checkout.root().resolve("itests/target/fault-runs.md");
        if (!Files.exists(table)) {
            Files.writeString(table, HEAD);
        }
        Files.writeString(table, row, StandardOpenOption.APPEND);
        System.out.print(row);
        assertThat(findings).as(row).isEmpty();
        assertThat(dead).as("dead letters; %s", row).isZero();
        assertThat(quota).as("quota refusals that the hub caused; %s", row).isZero();
        assertThat(logged).as("secrets and numbers in the log; %s", row).isEmpty();
    }

    private long sum(Oracle.Fault fault) {
        return findings.stream().filter(finding -> finding.fault() == fault).count();
    }
}
