package org.trunkline.store.internal;

import static org.trunkline.store.internal.WorkRows.COLUMNS;
import static org.trunkline.store.internal.WorkRows.LANE_OF_CALL;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.Json;
import org.trunkline.model.StepLog;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;
import org.trunkline.store.Work;

/** Table {@code work}. */
@Component(service = Work.class)
public final class JdbcWork implements Work {

    /** A lane a statement: in each the index gives the order, and reading ends at the limit. */
    private static final String DUE =
            "select "
                    + COLUMNS
                    + " from work where {served} lane = ? and due_at <= ?"
                    + " order by lane, due_at limit ?";

    private static final String NEXT_DUE =
            "select due_at from work where {served} lane = ? order by lane, due_at limit 1";

    /** Only if the call did not change meanwhile: else the row stays due as the fold left it. */
    private static final String UNLESS_CHANGED = " where id = ? and version = ?";

    private static final String DONE =
            "update work set state = 'DONE', lane = 3, attempts = 0, error = null" + UNLESS_CHANGED;

    private static final String LATER =
            "update work set state = 'WAITING', due_at = ?, waiting_since = ?, attempts = 0,"
                    + " error = null, lane = "
                    + LANE_OF_CALL
                    + UNLESS_CHANGED;

    /** By the index of what is due, so that a backlog costs nothing here. */
    private static final String RECONSIDER =
            "update work set due_at = ?, waiting_since = ? where lane = ? and due_at > ?"
                    + " and company = ? and state = 'WAITING'";

    private static final String HURRY =
            "update work set due_at = ? where lane = ? and due_at > ? and company = ?"
                    + " and integration = ? and state = 'RETRYING'";

    private static final String RETRY =
            "update work set state = 'RETRYING', due_at = ?, attempts = attempts + 1, error = ?,"
                    + " lane = "
                    + LANE_OF_CALL
                    + UNLESS_CHANGED;

    private static final String DEAD =
            "update work set state = 'DEAD', lane = 2, attempts = attempts + 1, error = ?"
                    + UNLESS_CHANGED;

    /** Version grows, so that a try under way does not count as the replay. */
    private static final String REPLAY =
            "update work set state = 'WAITING', version = version + 1, due_at = ?,"
                    + " waiting_since = ?, attempts = 0, error = null, lane = "
                    + LANE_OF_CALL
                    + " where company = ? and id = ?";

    private final Database database;
    private final WorkView view;
    private final JdbcLeases leases;
    private final Signals signals;
    private final Clock clock;

    @Activate
    public JdbcWork(
            @Reference Database database,
            @Reference JdbcLeases leases,
            @Reference Signals signals) {
        this(database, leases, signals, Clock.systemUTC());
    }

    JdbcWork(Database database, JdbcLeases leases, Signals signals, Clock clock) {
        this.database = database;
        this.view = new WorkView(database);
        this.leases = leases;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public List<Item> due(int most, Set<Long> inHand) {
        Instant now = clock.instant();
        List<Item> due = new ArrayList<>();
        for (int lane = WorkRows.LIVE; lane <= WorkRows.ENDED && due.size() < most; lane++) {
            Object[] values = {lane, now, most + inHand.size()};
            leases.query(DUE, WorkRows::item, values).stream()
                    .filter(item -> !inHand.contains(item.id()))
                    .limit(most - due.size())
                    .forEach(due::add);
        }
        return due;
    }

    @Override
    public Optional<Instant> nextDue() {
        return IntStream.rangeClosed(WorkRows.LIVE, WorkRows.ENDED)
                .mapToObj(this::nextDue)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> nextDue(int lane) {
        return leases.query(NEXT_DUE, row -> Session.instant(row, "due_at"), lane).stream()
                .findFirst();
    }

    @Override
    public void decided(Item item, Decision decision) {
        update(
                "update work set decision = ?, decided_at = ? where id = ?",
                Json.write(decision),
                clock.instant(),
                item.id());
    }

    @Override
    public Client found(Item item, Client client) {
        settle(
                item,
                "update work set client = ? where id = ? and client is null",
                Json.write(client),
                item.id());
        return client(item.company(), item.call(), item.integration()).orElse(client);
    }

    @Override
    public void done(Item item) {
        if (settle(item, DONE, item.id(), item.version()) == 0) {
            signals.due.fire();
        }
    }

    @Override
    public void later(Item item, Instant dueAt) {
        settle(item, LATER, dueAt, dueAt, item.id(), item.version());
        signals.due.fire();
    }

    @Override
    public void reconsider(String company) {
        Instant now = clock.instant();
        database.transaction(
                session ->
                        session.update(RECONSIDER, now, now, WorkRows.LIVE, now, company)
                                + session.update(
                                        RECONSIDER, now, now, WorkRows.ENDED, now, company));
        signals.due.fire();
    }

    @Override
    public void hurry(String company, Set<String> integrations) {
        Instant now = clock.instant();
        for (String integration : integrations) {
            update(HURRY, now, WorkRows.LIVE, now, company, integration);
            update(HURRY, now, WorkRows.ENDED, now, company, integration);
        }
        signals.due.fire();
    }

    @Override
    public void retry(Item item, String error, Instant dueAt) {
        settle(item, RETRY, dueAt, error, item.id(), item.version());
        signals.due.fire();
    }

    @Override
    public void dead(Item item, String error) {
        if (settle(item, DEAD, error, item.id(), item.version()) == 0) {
            signals.due.fire();
        }
    }

    @Override
    public StepLog steps(Item item) {
        return new JdbcSteps(database, leases, item, clock);
    }

    @Override
    public Subscription onDue(Runnable signal) {
        return signals.due.subscribe(signal);
    }

    @Override
    public boolean replay(String company, long id) {
        Instant now = clock.instant();
        boolean there = update(REPLAY, now, now, company, id) > 0;
        if (there) {
            signals.due.fire();
        }
        return there;
    }

    @Override
    public boolean delete(String company, long id) {
        return update("delete from work where company = ? and id = ?", company, id) > 0;
    }

    @Override
    public Page<Item> list(
            String company, Optional<State> state, Optional<String> cursor, int limit) {
        return view.list(company, state, cursor, limit);
    }

    @Override
    public List<Decided> decisions(String company, String call) {
        return view.decisions(company, call);
    }

    @Override
    public Optional<Client> client(String company, String call, String integration) {
        return view.client(company, call, integration);
    }

    @Override
    public List<Taken> steps(String company, String call) {
        return JdbcSteps.taken(database, company, call);
    }

    @Override
    public Backlog backlog() {
        return view.backlog(clock.instant());
    }

    /** What became of a row, told by the hub that serves the company. */
    private int settle(Item item, String sql, Object... values) {
        return database.transaction(
                session -> {
                    leases.fence(session, item.company());
                    return session.update(sql, values);
                });
    }

    private int update(String sql, Object... values) {
        return database.run(session -> session.update(sql, values));
    }
}
