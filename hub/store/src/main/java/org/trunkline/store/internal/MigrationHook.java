package org.trunkline.store.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.ops4j.pax.jdbc.hook.PreHook;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Called by pax-jdbc before it publishes the data source ({@code ops4j.preHook=trunkline} in its
 * cfg).
 *
 * <p>pax-jdbc gives a data source up for good when its hook fails, so a database that is down at
 * the start would need a hand. The hook therefore never fails: it tries until it succeeds, and the
 * store waits for {@link Tables}, not only for the data source.
 */
@Component(service = PreHook.class, property = PreHook.KEY_NAME + "=trunkline")
public final class MigrationHook implements PreHook {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationHook.class);

    private final Function<Tables, Runnable> publish;
    private final Duration pause;
    private Optional<Opening<Tables>> opening = Optional.empty();

    @Activate
    public MigrationHook(BundleContext bundle) {
        this(
                tables -> bundle.registerService(Tables.class, tables, null)::unregister,
                Duration.ofSeconds(2));
    }

    /**
     * @param publish makes the tables known and returns how to take that back
     * @param pause between two tries
     */
    MigrationHook(Function<Tables, Runnable> publish, Duration pause) {
        this.publish = publish;
        this.pause = pause;
    }

    @Override
    public synchronized void prepare(DataSource source) {
        stop();
        Opening<Tables> next =
                new Opening<>(
                        "The tables can't be brought up to date",
                        pause,
                        () -> migrated(source),
                        publish);
        opening = Optional.of(next);
        next.start();
    }

    private static Tables migrated(DataSource source) {
        Tables tables = Migration.run(source);
        LOG.info("The tables are at version {}", tables.version());
        return tables;
    }

    @Deactivate
    synchronized void stop() {
        opening.ifPresent(Opening::close);
        opening = Optional.empty();
    }
}
