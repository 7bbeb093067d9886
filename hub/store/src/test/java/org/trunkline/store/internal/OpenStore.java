package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;
import org.trunkline.store.Work;

/** The real store on H2 in a folder, outside OSGi. */
public final class OpenStore implements AutoCloseable {

    public final Companies companies;
    public final Journal journal;
    public final Calls calls;
    public final Work work;
    public final Leases leases;
    public final PortalNotes notes;
    public final PhoneBook book;
    private final HikariDataSource pool;

    public OpenStore(Path folder) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:file:"
                        + folder.resolve("hub")
                        + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(500);
        pool = new HikariDataSource(config);
        Migration.run(pool);
        Database database = new Database(pool, false);
        Signals signals = new Signals();
        KeySource key = new KeySource(Optional.empty(), folder.resolve("secret.key"));
        companies =
                new JdbcCompanies(database, new Secrets(database, key), signals, Clock.systemUTC());
        JdbcLeases held = new JdbcLeases(database, signals);
        leases = held;
        journal = new JdbcJournal(database, held, signals);
        calls = new JdbcCalls(database, signals);
        work = new JdbcWork(database, held, signals);
        JdbcPortalNotes portalNotes = new JdbcPortalNotes(database, held);
        notes = portalNotes;
        book = new JdbcPhoneBook(database, held, portalNotes);
    }

    /** From now on the database is gone. */
    @Override
    public void close() {
        pool.close();
    }
}
