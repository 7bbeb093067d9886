package org.trunkline.store.internal;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.ops4j.pax.jdbc.hook.PreHook;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date before pax-jdbc publishes the data source ({@code
 * ops4j.preHook=trunkline} in its cfg), so nobody ever sees an old schema.
 */
@Component(service = PreHook.class, property = PreHook.KEY_NAME + "=trunkline")
public final class Migration implements PreHook {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    @Override
    public void prepare(DataSource source) throws SQLException {
        // Flyway finds its own parts by the thread's loader too; in OSGi that is not ours.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = Migration.class.getClassLoader();
        thread.setContextClassLoader(own);
        try {
            MigrateResult result =
                    Flyway.configure(own)
                            .dataSource(source)
                            .locations("classpath:db/migration")
                            .loggers("slf4j")
                            .load()
                            .migrate();
            LOG.info(
                    "Tables of {} are at version {}, {} migrations done now",
                    result.database,
                    result.targetSchemaVersion,
                    result.migrationsExecuted);
        } catch (FlywayException e) {
            LOG.error("The tables can't be brought up to date: {}", e.getMessage());
            throw new SQLException("migration failed: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
