package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The two databases that the store's contract is checked on. */
enum TestDatabase {
    H2 {
        @Override
        String url(Path folder) {
            return "jdbc:h2:file:"
                    + folder.resolve("hub")
                    + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0";
        }

        @Override
        Path files(Path folder) {
            return folder;
        }
    },

    POSTGRESQL {
        @Override
        String url(Path folder) {
            return Server.url();
        }

        @Override
        Path files(Path folder) {
            return Server.FOLDER;
        }
    };

    /** JDBC address of an empty database. */
    abstract String url(Path folder);

    /** Where the database keeps its files. */
    abstract Path files(Path folder);

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    /** One real PostgreSQL for the whole test run; each test gets a schema of its own. */
    private static final class Server {
        private static final AtomicInteger SCHEMAS = new AtomicInteger();
        static final Path FOLDER = folder();
        private static final EmbeddedPostgres POSTGRES = start();

        static String url() {
            String name = "test" + SCHEMAS.incrementAndGet();
            try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create schema " + name);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            return POSTGRES.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("trunkline-postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder()
                                .setDataDirectory(FOLDER)
                                .setCleanDataDirectory(true)
                                .setServerConfig("synchronous_commit", "on")
                                .setServerConfig("fsync", "off")
                                .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
