package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.store.Journal;
import org.trunkline.store.Work;

/** What the store must do on every database: each part has its own subclass. */
abstract class StoreContract {

    static final Function<Call, Set<String>> ONE = call -> Set.of("office-main");
    static final Function<Call, Set<String>> NOBODY = call -> Set.of();

    @TempDir Path folder;

    final TestDatabase kind;
    final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
    HikariDataSource source;
    String url;
    Database database;
    Signals signals;
    JdbcJournal journal;
    JdbcCalls calls;
    JdbcWork work;

    StoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void openStore() throws SQLException {
        url = kind.url(folder);
        source = TestDatabase.pool(url);
        Migration.run(source);
        database = new Database(source, false);
        signals = new Signals();
        JdbcLeases leases = new JdbcLeases(database, signals);
        journal = new JdbcJournal(database, leases, signals, clock);
        calls = new JdbcCalls(database, signals, clock);
        work = new JdbcWork(database, leases, signals, clock);
    }

    @AfterEach
    void closeStore() {
        source.close();
    }

    /** Appends and folds. */
    Call hear(Function<Call, Set<String>> concerned, CallEvent... events) {
        journal.append(List.of(events));
        Call last = null;
        for (Journal.Unfolded unfolded : journal.unfolded(100)) {
            last = calls.fold(unfolded, concerned);
        }
        return last;
    }

    Journal.Unfolded onlyUnfolded() {
        List<Journal.Unfolded> all = journal.unfolded(100);
        if (all.size() != 1) {
            throw new AssertionError("not one unfolded call but " + all);
        }
        return all.get(0);
    }

    Work.Item onlyDue() {
        List<Work.Item> all = work.due(100, Set.of());
        if (all.size() != 1) {
            throw new AssertionError("not one row is due but " + all);
        }
        return all.get(0);
    }

    /** A row as it is now, whatever its state. */
    Work.Item now(Work.Item item) {
        return database.run(
                        session ->
                                session.first(
                                        "select " + WorkRows.COLUMNS + " from work where id = ?",
                                        WorkRows::item,
                                        item.id()))
                .orElseThrow();
    }

    long count(String sql, Object... values) {
        Optional<Long> count =
                database.run(session -> session.first(sql, row -> row.getLong(1), values));
        return count.orElseThrow();
    }
}
