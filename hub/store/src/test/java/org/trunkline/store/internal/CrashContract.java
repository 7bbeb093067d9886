package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Fault;

/** What was accepted outlives the process that accepted it, on any database. */
abstract class CrashContract extends StoreContract {

    CrashContract(TestDatabase kind) {
        super(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void whatWasAcceptedBeforeAKillIsThere(int acceptedBefore) throws Exception {
        source.close();
        Process victim = start();
        List<String> accepted = new ArrayList<>();
        try (BufferedReader said = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                accepted.add(line.replace("accepted ", ""));
                if (accepted.size() == acceptedBefore) {
                    victim.destroyForcibly();
                }
            }
        } catch (IOException e) {
            // The pipe of a killed process may close while it is read; what came through counts.
            assertThat(accepted).isNotEmpty();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();

        reopen();
        List<String> there =
                database.run(
                        session ->
                                session.query(
                                        "select call_key from journal",
                                        row -> row.getString("call_key")));
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(acceptedBefore);
        assertThat(there).doesNotHaveDuplicates().containsAll(accepted);
    }

    @Test
    void anOutageOfAllConnectionsIsARetryableFaultThatPasses() {
        journal.append(List.of(Told.of("before").started()));
        breakConnections();

        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(Fault.Retryable.class)
                .until(
                        () -> {
                            journal.append(List.of(Told.of("after").started()));
                            return true;
                        });

        assertThat(journal.unfolded(10)).extracting("callKey").containsExactly("before", "after");
    }

    /** As a restart of the server would. */
    private void breakConnections() {
        if (kind == TestDatabase.POSTGRESQL) {
            database.run(
                    session ->
                            session.query(
                                    "select pg_terminate_backend(pid) from pg_stat_activity"
                                            + " where pid <> pg_backend_pid() and datname ="
                                            + " current_database()",
                                    row -> row.getBoolean(1)));
        } else {
            assertThatThrownBy(
                            () -> database.run(session -> session.update("shutdown immediately")))
                    .isInstanceOf(Fault.Retryable.class);
        }
    }

    private void reopen() throws SQLException {
        source = TestDatabase.pool(url);
        Migration.run(source);
        database = new Database(source, false);
    }

    private Process start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
