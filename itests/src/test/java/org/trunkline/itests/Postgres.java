package org.trunkline.itests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real PostgreSQL whose port and data outlive its end. */
final class Postgres implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private Postgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    static Postgres start(Path data) {
        Postgres postgres = new Postgres(data, Ports.block());
        postgres.begin();
        return postgres;
    }

    /** What a hub needs to know. */
    Map<String, String> environment() {
        return Map.of(
                "TRUNKLINE_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "TRUNKLINE_DB_USER",
                "postgres",
                "TRUNKLINE_DB_PASSWORD",
                "not-asked-for");
    }

    /** As an administrator does: clients are sent away, what they began is rolled back. */
    synchronized void restart() {
        end();
        begin();
    }

    /** kill -9 of the server, then a start that recovers from the log. */
    synchronized void kill() {
        killed(postmaster());
        end();
        begin();
    }

    /**
     * kill -9 of one of the hub's connections, upon which the server drops all and recovers.
     *
     * @throws IllegalStateException if the hub has none
     */
    synchronized void killBackend() {
        long backend =
                number(
                        "select max(pid) from pg_stat_activity where backend_type = 'client"
                                + " backend' and application_name like 'PostgreSQL JDBC%'"
                                + " and pid <> pg_backend_pid()");
        if (backend == 0) {
            throw new IllegalStateException("the hub has no connection to kill");
        }
        killed(backend);
        Awaitility.await("PostgreSQL answers again")
                .atMost(LONGEST_START)
                .ignoreExceptions()
                .until(() -> number("select 1") == 1);
    }

    @Override
    public synchronized void close() {
        end();
    }

    private void begin() {
        Awaitility.await("PostgreSQL starts")
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(500))
                // Of a killed one some processes may hold on to its memory for a moment.
                .ignoreException(IOException.class)
                .ignoreException(IllegalStateException.class)
                .until(
                        () -> {
                            server =
                                    EmbeddedPostgres.builder()
                                            .setDataDirectory(data)
                                            .setCleanDataDirectory(false)
                                            .setPort(port)
                                            // As PostgreSQL itself has it; this library does not:
                                            // a killed server would forget what it accepted.
                                            .setServerConfig("synchronous_commit", "on")
                                            .setPGStartupWait(Duration.ofSeconds(20))
                                            .start();
                            return true;
                        });
    }

    private void end() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killed(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private long number(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                ResultSet found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
