package org.trunkline.store.internal;

import static org.trunkline.store.internal.WorkRows.COLUMNS;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.Json;
import org.trunkline.store.Page;
import org.trunkline.store.Work;
import org.trunkline.store.Work.Backlog;
import org.trunkline.store.Work.Decided;
import org.trunkline.store.Work.Item;
import org.trunkline.store.Work.State;

/** What is read of table {@code work} without anything being done about it. */
record WorkView(Database database) {

    private static final String LIST =
            "select " + COLUMNS + " from work where company = ? and state = ? and id > ?";

    private static final String BACKLOG =
            """
            select state, count(*) as rows_there, min(waiting_since) as oldest
            from work where lane < 3 group by state""";

    /** See {@link Work#list}. */
    Page<Item> list(String company, Optional<State> state, Optional<String> cursor, int limit) {
        Limits.checked(limit);
        long after = cursor.map(WorkView::id).orElse(0L);
        List<State> states =
                state.map(List::of).orElse(List.of(State.WAITING, State.RETRYING, State.DEAD));
        // A statement a state: each is a range of the index.
        List<Item> found =
                states.stream()
                        .map(s -> list(company, s, after, limit + 1))
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(Item::id))
                        .limit(limit + 1L)
                        .toList();
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<Item> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(Long.toString(items.get(limit - 1).id())));
    }

    private List<Item> list(String company, State state, long after, int limit) {
        return database.run(
                session ->
                        session.query(
                                LIST + " order by company, state, id limit ?",
                                WorkRows::item,
                                company,
                                state,
                                after,
                                limit));
    }

    private static long id(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Limits.badCursor(cursor);
        }
    }

    /** See {@link Work#decisions}. */
    List<Decided> decisions(String company, String call) {
        return database.run(
                session ->
                        session.query(
                                """
                                select integration, decided_at, decision from work
                                where company = ? and call_id = ? and decision is not null
                                order by integration""",
                                row ->
                                        new Decided(
                                                row.getString("integration"),
                                                Session.instant(row, "decided_at"),
                                                Json.read(
                                                        row.getString("decision"), Decision.class)),
                                company,
                                call));
    }

    /** See {@link Work#client}. */
    Optional<Client> client(String company, String call, String integration) {
        return database.run(
                session ->
                        session.first(
                                """
                                select client from work
                                where company = ? and call_id = ? and integration = ?
                                    and client is not null""",
                                row -> Json.read(row.getString("client"), Client.class),
                                company,
                                call,
                                integration));
    }

    private record Count(State state, long rows, Instant oldest) {}

    /** See {@link Work#backlog}. */
    Backlog backlog(Instant now) {
        List<Count> counts =
                database.run(
                        session ->
                                session.query(
                                        BACKLOG,
                                        row ->
                                                new Count(
                                                        State.valueOf(row.getString("state")),
                                                        row.getLong("rows_there"),
                                                        Session.instant(row, "oldest"))));
        Duration oldest =
                counts.stream()
                        .filter(c -> c.state() != State.DEAD)
                        .map(c -> Duration.between(c.oldest(), now))
                        .filter(age -> !age.isNegative())
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        return new Backlog(
                rows(counts, State.WAITING),
                rows(counts, State.RETRYING),
                rows(counts, State.DEAD),
                oldest);
    }

    private static long rows(List<Count> counts, State state) {
        return counts.stream().filter(c -> c.state() == state).mapToLong(Count::rows).sum();
    }
}
