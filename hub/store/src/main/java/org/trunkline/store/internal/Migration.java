package org.trunkline.store.internal;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date with the files in {@code db/migration}. */
final class Migration {

    private Migration() {}

    /**
     * Runs what has not run yet; a second node that starts at the same time waits.
     *
     * @return the version that the tables are at
     * @throws IllegalStateException if the database can't be reached or a file fails
     */
    static String run(DataSource source) {
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
            return flyway.info().current().getVersion().getVersion();
        } catch (FlywayException e) {
            throw new IllegalStateException(words(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Flyway's own words fill a screen; the database's say what is wrong. */
    private static String words(Throwable fault) {
        return fault.getCause() == null
                ? String.valueOf(fault.getMessage()).lines().findFirst().orElse("")
                : words(fault.getCause());
    }
}
