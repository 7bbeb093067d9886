package org.trunkline.admin.rest.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Work;
import org.trunkline.store.internal.Database;
import org.trunkline.store.internal.JdbcCalls;
import org.trunkline.store.internal.JdbcCompanies;
import org.trunkline.store.internal.JdbcJournal;
import org.trunkline.store.internal.JdbcWork;
import org.trunkline.store.internal.Migration;
import org.trunkline.store.internal.Secrets;
import org.trunkline.store.internal.Signals;
import org.trunkline.store.internal.StoreConfig;

/** The real store on H2 in a folder. */
final class TestStore implements AutoCloseable {

    final Companies companies;
    final Journal journal;
    final Calls calls;
    final Work work;
    private final HikariDataSource pool;

    TestStore(Path folder) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:file:"
                        + folder.resolve("hub")
                        + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(500);
        pool = new HikariDataSource(config);
        new Migration().prepare(pool);
        Database database = new Database(pool);
        Signals signals = new Signals();
        companies =
                new JdbcCompanies(
                        database,
                        new Secrets(
                                database,
                                Configured.as(
                                        StoreConfig.class,
                                        Map.of(
                                                "secret_key_file",
                                                folder.resolve("secret.key").toString()))));
        journal = new JdbcJournal(database, signals);
        calls = new JdbcCalls(database, signals);
        work = new JdbcWork(database, signals);
    }

    /** From now on the database is gone. */
    @Override
    public void close() {
        pool.close();
    }
}
