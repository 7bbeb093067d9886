package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/**
 * The store's own journal and calls on an empty database, outside OSGi: pool and leases as shipped.
 */
public final class ShippedStore implements AutoCloseable {
    /** As in {@code etc/org.ops4j.datasource-trunkline.cfg}. */
    private static final int POOL = 10;

    private static final int MOST_POLLS = 1_000;
    private static final long POLL_MILLIS = 20;

    public final Journal journal;
    public final Calls calls;
    private final JdbcLeases leases;
    private final HikariDataSource pool;

    /**
     * Makes the tables too, and returns when this process serves the company.
     *
     * @param company whose calls are written
     */
    public ShippedStore(String url, String user, String company) throws InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(POOL);
        pool = new HikariDataSource(config);
        Database database = new Database(pool, Migration.run(pool));
        database.run(
                session ->
                        session.update(
                                "insert into company (id, version, document, typed)"
                                        + " values (?, 1, '{}', '{}')",
                                company));
        Signals signals = new Signals();
        leases = new JdbcLeases(database, signals);
        journal = new JdbcJournal(database, leases, signals);
        calls = new JdbcCalls(database, signals);
        awaitLease(company);
    }

    private void awaitLease(String company) throws InterruptedException {
        for (int i = 0; leases.standing(company) != Leases.Standing.SERVING; i++) {
            if (i == MOST_POLLS) {
                close();
                throw new IllegalStateException("the lease of " + company + " does not come");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        leases.stop();
        pool.close();
    }
}
