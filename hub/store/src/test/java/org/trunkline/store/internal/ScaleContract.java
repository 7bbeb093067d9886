package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must stay cheap however much lies there: found by an index, never by walking. */
abstract class ScaleContract extends StoreContract {

    private static final int ROWS = 10_000;

    /** A walk over so many rows takes dozens of times as long on either database. */
    private static final int MOST_TIMES = 4;

    private static final Duration NOISE = Duration.ofMillis(1);

    ScaleContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void aLongBacklogDoesNotSlowTheCardPath() {
        Map<String, Runnable> tasks = new LinkedHashMap<>();
        tasks.put("due", () -> work.due(10, Set.of()));
        tasks.put("nextDue", () -> work.nextDue());
        tasks.put("unfolded", () -> journal.unfolded(10));
        tasks.put("open", () -> calls.open("acme", "office"));
        tasks.put("calls", () -> calls.list("acme", Optional.empty(), Optional.empty(), 10));
        tasks.put("work", () -> work.list("acme", Optional.empty(), Optional.empty(), 10));
        tasks.put("fold", () -> calls.fold(journal.unfolded(1).get(0), ONE));
        hear(ONE, Told.of("1").started(), Told.of("1").ended());
        for (int i = 0; i < 300; i++) {
            journal.append(List.of(Told.of("waiting" + i).ended()));
        }
        Map<String, Duration> alone = new HashMap<>();
        tasks.forEach((name, task) -> alone.put(name, fastest(task)));

        seed();

        tasks.forEach(
                (name, task) ->
                        assertThat(fastest(task))
                                .as(name)
                                .isLessThan(alone.get(name).multipliedBy(MOST_TIMES).plus(NOISE)));
    }

    /** Calls that ended, with work due and work done, and the journal folded and not. */
    private void seed() {
        String numbers =
                kind == TestDatabase.H2
                        ? "system_range(1, " + ROWS + ")"
                        : "generate_series(1, " + ROWS + ") as numbers (x)";
        fill(
                "calls",
                "company, id, account, call_key, fold, started_at, ended, merged",
                "company, 'c' || x, account, 'k' || x, fold, started_at, ended, merged",
                numbers);
        for (int lane : List.of(WorkRows.ENDED, WorkRows.DONE)) {
            fill(
                    "work",
                    "company, integration, call_id, version, state, lane, due_at, waiting_since,"
                            + " attempts",
                    "company, 'i', '%1$d' || x, 1, '%2$s', %1$d, due_at, waiting_since, 0"
                            .formatted(lane, lane == WorkRows.DONE ? "DONE" : "WAITING"),
                    numbers);
        }
        String columns = "company, account, call_id, call_key, event, received_at, folded_at";
        fill("journal where folded_at is not null", columns, columns, numbers);
        database.run(
                session ->
                        session.update(
                                "insert into journal (company, account, call_id, call_key, event,"
                                        + " received_at) select company, account, call_id,"
                                        + " call_key, event, received_at from journal"
                                        + " where folded_at is not null"));
        database.run(session -> session.update("analyze"));
    }

    /** Copies of one row of a table, as many as there are numbers. */
    private void fill(String from, String columns, String values, String numbers) {
        String table = from.split(" ")[0];
        database.run(
                session ->
                        session.update(
                                "insert into %s (%s) select %s from (select * from %s limit 1) as pattern, %s"
                                        .formatted(table, columns, values, from, numbers)));
    }

    /**
     * The fastest of several goes, whatever else the machine does. The clock moves on each time,
     * for H2 knows the answer to a question just asked.
     */
    private Duration fastest(Runnable task) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMillis(1));
            long began = System.nanoTime();
            task.run();
            fastest = Math.min(fastest, System.nanoTime() - began);
        }
        return Duration.ofNanos(fastest);
    }
}
