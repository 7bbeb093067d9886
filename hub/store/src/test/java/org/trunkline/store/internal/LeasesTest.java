package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.StepLog;
import org.trunkline.store.Leases.Standing;
import org.trunkline.store.Work;

/** Hubs that share one real PostgreSQL. */
class LeasesTest {

    @TempDir Path folder;
    private HikariDataSource source;
    private Database database;
    private Hub first;
    private Hub second;

    /** The store of one hub. Its leases beat when told to. */
    private final class Hub {
        final TestClock wall = new TestClock(Told.START);
        final AtomicLong nanos = new AtomicLong();
        final Signals signals = new Signals();
        final JdbcLeases leases =
                new JdbcLeases(database, signals, new Tenure.Clocks(nanos::get, wall));
        final JdbcJournal journal = new JdbcJournal(database, leases, signals);
        final JdbcCalls calls = new JdbcCalls(database, signals);
        final JdbcWork work = new JdbcWork(database, leases, signals);
        final JdbcCompanies companies =
                new JdbcCompanies(
                        database,
                        new Secrets(
                                database,
                                new KeySource(
                                        Optional.of("the same key for all hubs"),
                                        folder.resolve("none"))),
                        signals,
                        Clock.systemUTC());

        void provision(String company) {
            companies.put(
                    new Company(company, company, "RU", List.of(), List.of(), List.of()),
                    Json.tree("{}"),
                    java.util.Map.of(),
                    "admin");
        }

        Standing acme() {
            return leases.standing("acme");
        }

        void after(Duration time) {
            nanos.addAndGet(time.toNanos());
            wall.advance(time);
        }
    }

    @BeforeEach
    void open() throws SQLException {
        source = TestDatabase.pool(TestDatabase.POSTGRESQL.url(folder));
        assertThat(Migration.run(source).shared()).isTrue();
        database = new Database(source, true);
        first = new Hub();
        second = new Hub();
        first.provision("acme");
        first.leases.beat();
        second.leases.beat();
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void oneServes_theOtherWaits() {
        assertThat(first.acme()).isEqualTo(Standing.SERVING);
        assertThat(second.acme()).isEqualTo(Standing.STANDBY);

        second.leases.beat();
        assertThat(second.acme()).isEqualTo(Standing.STANDBY);
    }

    @Test
    void whatOneHubWasGiven_theOthersKnowAfterABeat() {
        AtomicInteger heard = new AtomicInteger();
        second.companies.onChange(heard::incrementAndGet);
        first.provision("beta");
        assertThat(second.companies.find("beta")).isEmpty();

        second.leases.beat();

        assertThat(second.companies.find("beta")).isEqualTo(first.companies.find("beta"));
        assertThat(heard).hasValue(1);
        second.leases.beat();
        assertThat(heard).as("no news").hasValue(1);
    }

    @Test
    void rowsAreOnlyForTheOneThatServes() {
        first.journal.append(List.of(Told.of("1").started()));
        assertThat(second.journal.unfolded(10)).isEmpty();
        first.calls.fold(first.journal.unfolded(10).get(0), call -> Set.of("office-main"));

        assertThat(second.work.due(10, Set.of())).isEmpty();
        assertThat(second.work.nextDue()).isEmpty();
        assertThat(first.work.due(10, Set.of())).hasSize(1);
        assertThat(first.work.nextDue()).isPresent();
    }

    @Test
    void aHubThatHearsNothingOfTheDatabaseDoubtsAndStops() {
        first.journal.append(List.of(Told.of("1").started()));
        first.after(Tenure.TERM.minusSeconds(2));
        assertThat(first.acme()).isEqualTo(Standing.SERVING);

        first.after(Duration.ofSeconds(1));
        second.after(Tenure.TERM);

        assertThat(first.acme()).isEqualTo(Standing.DOUBTFUL);
        assertThat(first.leases.serves("acme")).isFalse();
        assertThat(first.journal.unfolded(10)).isEmpty();
        assertThat(second.acme()).isEqualTo(Standing.DOUBTFUL);

        first.leases.beat();
        assertThat(first.acme()).as("nobody took it meanwhile").isEqualTo(Standing.SERVING);
        assertThat(first.journal.unfolded(10)).hasSize(1);
    }

    @Test
    void aSuspendedMachineIsNoticedByTheWallClock() {
        first.wall.advance(Tenure.TERM);

        assertThat(first.acme()).isEqualTo(Standing.DOUBTFUL);
    }

    @Test
    void aSilentHubIsSucceeded_andMayWriteNoMore() {
        Work.Item item = due(first);
        StepLog steps = first.work.steps(item);
        steps.begin("register");
        AtomicInteger changes = new AtomicInteger();
        second.leases.onChange(changes::incrementAndGet);

        expire();
        second.leases.beat();

        assertThat(second.acme()).isEqualTo(Standing.SERVING);
        assertThat(changes).hasValue(1);
        assertThat(second.work.due(10, Set.of())).hasSize(1);
        assertThat(second.work.steps(item).step("register")).isPresent();
        // The first one slept and still believes: what it writes is refused.
        assertThat(first.acme()).isEqualTo(Standing.SERVING);
        assertRefused(() -> steps.done("register", "1"));
        assertRefused(() -> steps.begin("finish"));
        assertRefused(() -> first.work.done(item));
        assertRefused(() -> first.work.retry(item, "", item.dueAt()));
        assertRefused(() -> first.work.later(item, item.dueAt()));
        assertRefused(() -> first.work.dead(item, ""));
        assertThat(second.work.steps(item).step("finish")).isEmpty();
        second.work.done(item);
        assertThat(second.work.due(10, Set.of())).isEmpty();

        first.leases.beat();
        assertThat(first.acme()).isEqualTo(Standing.STANDBY);
    }

    @Test
    void aLateSignOfLifeIsEnoughIfNobodySucceeded() {
        expire();

        first.leases.beat();
        second.leases.beat();

        assertThat(first.acme()).isEqualTo(Standing.SERVING);
        assertThat(second.acme()).isEqualTo(Standing.STANDBY);
    }

    @Test
    void aHubThatStopsHandsOverAtOnce() {
        first.leases.stop();
        assertThat(first.leases.serves("acme")).isFalse();

        second.leases.beat();

        assertThat(second.acme()).isEqualTo(Standing.SERVING);
    }

    @Test
    void aHubWithADatabaseOfItsOwnServesAll() {
        JdbcLeases sole = new JdbcLeases(new Database(source, false), new Signals());

        assertThat(sole.standing("anyone")).isEqualTo(Standing.SERVING);
    }

    private static Work.Item due(Hub hub) {
        hub.journal.append(List.of(Told.of("1").started()));
        hub.calls.fold(hub.journal.unfolded(10).get(0), call -> Set.of("office-main"));
        return hub.work.due(10, Set.of()).get(0);
    }

    /** As after a long sleep, by the database's clock. */
    private void expire() {
        database.run(
                session ->
                        session.update(
                                "update lease set expires_at ="
                                        + " current_timestamp - interval '1' second"));
    }

    private static void assertRefused(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("another hub serves company acme");
    }
}
