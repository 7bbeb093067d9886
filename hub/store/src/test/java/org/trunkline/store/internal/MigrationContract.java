package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the tables come about, on any database. */
abstract class MigrationContract extends StoreContract {

    private final List<String> published = new CopyOnWriteArrayList<>();
    private final MigrationHook hook =
            new MigrationHook(
                    tables -> {
                        published.add(tables.version());
                        return () -> published.remove(tables.version());
                    },
                    Duration.ofMillis(20));

    MigrationContract(TestDatabase kind) {
        super(kind);
    }

    @AfterEach
    void stop() {
        hook.stop();
    }

    @Test
    void aSecondStartFindsTheTablesAndWhatIsInThem() {
        journal.append(List.of(Told.of("1").started()));

        hook.prepare(source);

        assertThat(published).containsExactly("5");
        assertThat(onlyUnfolded().callKey()).isEqualTo("1");
    }

    @Test
    void aMigrationThatWasKilledMidwayBeginsAgain() {
        journal.append(List.of(Told.of("1").started()));
        // H2 commits each table on its own: all may be there, and Flyway knows nothing of it.
        database.run(session -> session.update("delete from \"flyway_schema_history\""));
        database.run(session -> session.update("drop table secret"));

        hook.prepare(source);

        assertThat(published).containsExactly("5");
        assertThat(count("select count(*) from secret")).isZero();
        assertThat(onlyUnfolded().callKey()).isEqualTo("1");
    }

    /** A book that was whole before deals had several contacts would never learn of them. */
    @Test
    void X7_booksOfBeforeDealsHadSeveralContactsAreReadAnew() {
        JdbcLeases leases = new JdbcLeases(database, signals);
        JdbcPortalNotes notes = new JdbcPortalNotes(database, leases, clock);
        JdbcPhoneBook book = new JdbcPhoneBook(database, leases, notes);
        book.take("acme", "main", List.of(), "whole");
        notes.put("acme", "main", "directory", "users");
        database.run(
                session ->
                        session.update(
                                "delete from \"flyway_schema_history\" where \"version\" = '5'"));
        database.run(session -> session.update("drop table book_deal_contact"));

        hook.prepare(source);

        assertThat(published).containsExactly("5");
        assertThat(book.progress("acme", "main")).isEmpty();
        assertThat(notes.find("acme", "main", "directory")).isPresent();
        assertThat(count("select count(*) from book_deal_contact")).isZero();

        book.take("acme", "main", List.of(), "whole again");
        hook.prepare(source);
        assertThat(book.progress("acme", "main")).as("only once").contains("whole again");
    }

    @Test
    void aDatabaseThatIsDownAtTheStartIsWaitedFor() {
        AtomicInteger refusals = new AtomicInteger(3);
        // Flyway asks twice for a connection that it is refused.
        DataSource down = new Refusing(source, refusals);

        hook.prepare(down);
        assertThat(published).isEmpty();

        Awaitility.await().untilAsserted(() -> assertThat(published).containsExactly("5"));
        assertThat(refusals.get()).isLessThanOrEqualTo(0);
    }

    @Test
    void aDataSourceThatWasReplacedWhileItWasDownIsForgotten() {
        AtomicInteger refusals = new AtomicInteger(1);
        hook.prepare(new Refusing(source, refusals));

        hook.prepare(source);
        assertThat(published).containsExactly("5");

        hook.stop();
        assertThat(published).isEmpty();
    }

    /** The database's own data source, after it has refused so many connections. */
    private static final class Refusing extends HikariDataSource {
        private final DataSource source;
        private final AtomicInteger refusals;

        Refusing(DataSource source, AtomicInteger refusals) {
            this.source = source;
            this.refusals = refusals;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (refusals.getAndDecrement() > 0) {
                throw new SQLException("Connection refused", "08001");
            }
            return source.getConnection();
        }
    }
}
