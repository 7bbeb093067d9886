package org.trunkline.crm.delivery.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.crm.delivery.internal.recordings.SignedLinks;
import org.trunkline.model.Company;
import org.trunkline.model.RecordingLinks;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;
import org.trunkline.store.Work;
import org.trunkline.store.internal.Database;
import org.trunkline.store.internal.JdbcCalls;
import org.trunkline.store.internal.JdbcJournal;
import org.trunkline.store.internal.JdbcLeases;
import org.trunkline.store.internal.JdbcWork;
import org.trunkline.store.internal.Signals;
import org.trunkline.store.internal.Tables;

/** The real store on an H2 file; only the companies are given by hand. */
record TestStore(HikariDataSource source, Journal journal, Calls calls, Work work)
        implements AutoCloseable {

    /** Of a hub that does not know its public address. */
    static final RecordingLinks NO_LINKS =
            new SignedLinks(new Fixed(List.of()), Optional.empty(), Clock.systemUTC());

    static TestStore in(Path folder) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:file:"
                        + folder.resolve("hub")
                        + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0");
        config.setUsername("sa");
        HikariDataSource source = new HikariDataSource(config);
        Flyway.configure().dataSource(source).load().migrate();
        Database database = new Database(source, new Tables("migrated above", false));
        Signals signals = new Signals();
        JdbcLeases leases = new JdbcLeases(database, signals);
        return new TestStore(
                source,
                new JdbcJournal(database, leases, signals),
                new JdbcCalls(database, signals),
                new JdbcWork(database, leases, signals));
    }

    /**
     * @param pbxs take the commands
     */
    NextAttempts attempts(Connectors connectors, Controls pbxs, Clock clock) {
        return new NextAttempts(
                new CallbackAttempts(journal, calls, new Commands(pbxs), Runnable::run, clock),
                calls,
                connectors,
                clock);
    }

    @Override
    public void close() {
        source.close();
    }

    /** Companies that never change. */
    record Fixed(List<Company> all) implements Companies {

        @Override
        public Optional<Company> find(String company) {
            return all.stream().filter(c -> c.id().equals(company)).findFirst();
        }

        @Override
        public Optional<Integer> put(
                Company c,
                JsonNode document,
                Map<String, String> secrets,
                String author,
                Optional<Integer> madeFrom) {
            throw unused();
        }

        @Override
        public Optional<Stored> latest(String company) {
            throw unused();
        }

        @Override
        public Optional<Stored> version(String company, int number) {
            throw unused();
        }

        @Override
        public Page<Version> versions(String company, Optional<String> cursor, int limit) {
            throw unused();
        }

        @Override
        public Optional<String> secret(String company, String key) {
            throw unused();
        }

        @Override
        public Set<String> secretKeys(String company) {
            throw unused();
        }

        @Override
        public boolean renewSecrets(
                String company, String key, String usedUp, Map<String, String> secrets) {
            throw unused();
        }

        @Override
        public void putSecrets(String company, Map<String, String> secrets) {
            throw unused();
        }

        @Override
        public Subscription onChange(Runnable signal) {
            throw unused();
        }

        private static UnsupportedOperationException unused() {
            return new UnsupportedOperationException("not part of what the routes use");
        }
    }
}
