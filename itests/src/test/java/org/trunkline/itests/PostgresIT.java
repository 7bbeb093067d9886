package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hub on a real PostgreSQL, named by the environment. */
class PostgresIT {
    @Test
    void keepsItsTablesThere_andNothingInTheDataFolder() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Hub hub =
                        Hub.start(
                                Map.of(
                                        "TRUNKLINE_DB_URL",
                                        postgres.getJdbcUrl("postgres", "postgres"),
                                        "TRUNKLINE_DB_USER",
                                        "postgres",
                                        "TRUNKLINE_DB_PASSWORD",
                                        "not-asked-for"))) {

            assertThat(hub.stranger().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(tables(postgres)).isEqualTo(3);
            try (Stream<java.nio.file.Path> files = Files.list(hub.data().resolve("db"))) {
                assertThat(files).isEmpty();
            }
            assertThat(
                            Files.readString(
                                    hub.data().resolve("etc/org.ops4j.datasource-trunkline.cfg")))
                    .doesNotContain("not-asked-for");
        }
    }

    private static int tables(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet found =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(*) from information_schema.tables"
                                                + " where table_name in ('journal', 'calls', 'work')")) {
            found.next();
            return found.getInt(1);
        }
    }
}
