package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;

/** The store's own journal and calls on a database, outside OSGi, with the pool as shipped. */
public final class ShippedStore implements AutoCloseable {
    /** As in {@code etc/org.ops4j.datasource-trunkline.cfg}. */
    private static final int POOL = 10;

    public final Journal journal;
    public final Calls calls;
    private final HikariDataSource pool;

    /** Makes the tables too. */
    public ShippedStore(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(POOL);
        pool = new HikariDataSource(config);
        Migration.run(pool);
        Database database = new Database(pool);
        Signals signals = new Signals();
        journal = new JdbcJournal(database, signals);
        calls = new JdbcCalls(database, signals);
    }

    @Override
    public void close() {
        pool.close();
    }
}
