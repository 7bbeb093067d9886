package org.trunkline.store.internal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Json;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;

/** Table {@code calls}. */
@Component(service = Calls.class)
public final class JdbcCalls implements Calls {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCalls.class);

    private static final String INSERT =
            """
            insert into calls (company, id, account, call_key, fold, started_at, ended, merged)
            values (?, ?, ?, ?, ?, ?, false, false)
            on conflict do nothing""";

    private static final String FOLD = "select fold from calls where company = ? and id = ?";

    private static final String LOCK =
            "select fold from calls where company = ? and id = ? for update";

    /** By id alone: H2 would rather walk through all that is unfolded. */
    private static final String MARKS =
            "select id, folded_at is null as unfolded from journal where id = any(?)";

    private static final String MARK = "update journal set folded_at = ? where id = any(?)";

    private static final String UPDATE =
            """
            update calls set fold = ?, started_at = ?, ended = ?, merged = ?
            where company = ? and id = ?""";

    private static final String OPEN =
            """
            select fold from calls
            where ended = false and company = ? and account = ? and merged = false
            order by started_at, id""";

    private static final String UNFOLDED =
            """
            select call_id, call_key, event from journal
            where folded_at is null and company = ? and account = ?
            order by folded_at, id""";

    private static final String LIST =
            """
            select fold from calls
            where company = ? and started_at >= ? and started_at <= ?
                and (started_at < ? or id < ?) and merged = false
            order by company, started_at desc, id desc limit ?""";

    private static final String EVENTS =
            "select event from journal where company = ? and call_id = ? and fault is null";

    private final Database database;
    private final Signals signals;
    private final Clock clock;

    @Activate
    public JdbcCalls(@Reference Database database, @Reference Signals signals) {
        this(database, signals, Clock.systemUTC());
    }

    JdbcCalls(Database database, Signals signals, Clock clock) {
        this.database = database;
        this.signals = signals;
        this.clock = clock;
    }

    private record Outcome(Call call, boolean woken) {}

    @Override
    public Call fold(Journal.Unfolded events, Function<Call, Set<String>> concerned) {
        Outcome outcome = database.transaction(session -> fold(session, events, concerned));
        if (outcome.woken()) {
            signals.due.fire();
        }
        return outcome.call();
    }

    private Outcome fold(
            Session session, Journal.Unfolded events, Function<Call, Set<String>> concerned)
            throws SQLException {
        String id = Call.id(events.company(), events.account(), events.callKey());
        Instant now = clock.instant();
        boolean isNew = insert(session, id, events);
        CallFold before = lock(session, events.company(), id);
        // From here on no other folder of this call gets past its lock: the marks can't move.
        Set<Long> open = unfolded(session, events.rows());
        if (open.isEmpty()) {
            if (isNew) {
                throw new IllegalArgumentException("no unfolded rows of call " + id);
            }
            return new Outcome(before.call(), false);
        }
        CallFold after = before;
        for (int i = 0; i < events.rows().size(); i++) {
            if (open.contains(events.rows().get(i))) {
                after = after.with(events.events().get(i));
            }
        }
        Call call = after.call();
        session.update(
                UPDATE,
                Json.write(after),
                call.startedAt(),
                call.ended(),
                call.mergedInto().isPresent(),
                events.company(),
                id);
        session.update(MARK, now, open);
        boolean changed = isNew || !call.equals(before.call());
        return new Outcome(call, WorkRows.wake(session, call, changed, concerned.apply(call), now));
    }

    private record Mark(long id, boolean unfolded) {}

    private static Set<Long> unfolded(Session session, List<Long> rows) throws SQLException {
        return session
                .query(MARKS, row -> new Mark(row.getLong("id"), row.getBoolean("unfolded")), rows)
                .stream()
                .filter(Mark::unfolded)
                .map(Mark::id)
                .collect(Collectors.toSet());
    }

    /** Makes the row that folders of one call lock; whether it is new. */
    private static boolean insert(Session session, String id, Journal.Unfolded events)
            throws SQLException {
        CallFold nothing = CallFold.of(events.company(), events.account(), events.callKey());
        return 1
                == session.update(
                        INSERT,
                        events.company(),
                        id,
                        events.account(),
                        events.callKey(),
                        Json.write(nothing),
                        events.events().get(0).occurredAt());
    }

    private static CallFold lock(Session session, String company, String id) throws SQLException {
        return session.first(LOCK, row -> row.getString("fold"), company, id)
                .map(fold -> Json.read(fold, CallFold.class))
                .orElseThrow(() -> new IllegalStateException("call " + id + " is gone"));
    }

    @Override
    public Optional<Call> find(String company, String id) {
        return database.run(
                        session -> session.first(FOLD, row -> row.getString("fold"), company, id))
                .map(JdbcCalls::call);
    }

    @Override
    public List<Call> open(String company, String account) {
        return calls(OPEN, company, account);
    }

    private record Heard(String id, String key, String event) {}

    @Override
    public List<Call> openAsHeard(String company, String account) {
        // The journal first: what is folded meanwhile is then met twice, and folding it again
        // changes nothing. The other way round it could be missed.
        List<Heard> unfolded =
                database.run(
                        session ->
                                session.query(
                                        UNFOLDED,
                                        row ->
                                                new Heard(
                                                        row.getString("call_id"),
                                                        row.getString("call_key"),
                                                        row.getString("event")),
                                        company,
                                        account));
        Map<String, Call> calls = new LinkedHashMap<>();
        open(company, account).forEach(call -> calls.put(call.id(), call));
        unfolded.stream()
                .collect(Collectors.groupingBy(Heard::id, LinkedHashMap::new, Collectors.toList()))
                .forEach((id, heard) -> calls.put(id, heard(company, account, id, heard)));
        return calls.values().stream()
                .filter(call -> !call.ended() && call.mergedInto().isEmpty())
                .toList();
    }

    private Call heard(String company, String account, String id, List<Heard> events) {
        CallFold fold =
                database.run(
                                session ->
                                        session.first(
                                                FOLD, row -> row.getString("fold"), company, id))
                        .map(stored -> Json.read(stored, CallFold.class))
                        .orElseGet(() -> CallFold.of(company, account, events.get(0).key()));
        for (Heard event : events) {
            try {
                fold = fold.with(Json.read(event.event(), CallEvent.class));
            } catch (IllegalArgumentException unreadable) {
                // Whoever folds sets it aside and says so.
                LOG.debug("An unreadable event of call {} does not count", id);
            }
        }
        return fold.call();
    }

    @Override
    public Page<Call> list(
            String company, Optional<Instant> since, Optional<String> cursor, int limit) {
        Limits.checked(limit);
        CallCursor from = cursor.map(CallCursor::read).orElse(CallCursor.LATEST);
        List<Call> found =
                calls(
                        LIST,
                        company,
                        since.orElse(Instant.EPOCH),
                        from.startedAt(),
                        from.startedAt(),
                        from.id(),
                        limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<Call> items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, Optional.of(CallCursor.of(items.get(limit - 1)).write()));
    }

    @Override
    public List<CallEvent> events(String company, String id) {
        List<String> events =
                database.run(
                        session ->
                                session.query(EVENTS, row -> row.getString("event"), company, id));
        List<CallEvent> read = new ArrayList<>();
        events.forEach(event -> read.add(Json.read(event, CallEvent.class)));
        read.sort(
                Comparator.comparing(CallEvent::occurredAt).thenComparingLong(CallEvent::sequence));
        return read;
    }

    private List<Call> calls(String sql, Object... values) {
        return database
                .run(session -> session.query(sql, row -> row.getString("fold"), values))
                .stream()
                .map(JdbcCalls::call)
                .toList();
    }

    private static Call call(String fold) {
        return Json.read(fold, CallFold.class).call();
    }
}
