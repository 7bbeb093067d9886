package org.trunkline.store.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date with the files in {@code db/migration}. */
final class Migration {

    private Migration() {}

    /**
     * Runs what has not run yet; a second node that starts at the same time waits.
     *
     * @return what the tables are like then
     * @throws IllegalStateException if the database can't be reached or a file fails
     */
    static Tables run(DataSource source) {
        // Flyway finds its own parts by the thread's loader too; in OSGi that is not ours.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = Migration.class.getClassLoader();
        thread.setContextClassLoader(own);
        try {
            Flyway flyway =
                    Flyway.configure(own)
                            .dataSource(source)
                            .locations("classpath:db/migration")
                            .loggers("slf4j")
                            .load();
            flyway.migrate();
            return new Tables(flyway.info().current().getVersion().getVersion(), shared(source));
        } catch (FlywayException | SQLException e) {
            throw new IllegalStateException(words(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean shared(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return !connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    /** Flyway's own words fill a screen; the database's say what is wrong. */
    private static String words(Throwable fault) {
        return fault.getCause() == null
                ? String.valueOf(fault.getMessage()).lines().findFirst().orElse("")
                : words(fault.getCause());
    }
}
