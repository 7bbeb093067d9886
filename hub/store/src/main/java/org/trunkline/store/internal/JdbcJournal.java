package org.trunkline.store.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Json;
import org.trunkline.model.Measured;
import org.trunkline.store.Journal;
import org.trunkline.store.Subscription;

/** Table {@code journal}. */
@Component(service = {Journal.class, JdbcJournal.class, Measured.class})
public final class JdbcJournal implements Journal, Measured {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);

    private static final String INSERT =
            """
            insert into journal
                (company, account, call_id, call_key, native_id, event, received_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    /** Ordered as the index is, so that a long backlog costs no more than a short one. */
    private static final String UNFOLDED =
            """
            select id, event from journal where {served} folded_at is null
            order by folded_at, id limit ?""";

    private static final String SET_ASIDE =
            "update journal set folded_at = ?, fault = ? where id = ? and folded_at is null";

    /** Bounded below, for H2 counts what is unfolded as the lowest. */
    private static final String FORGET =
            """
            delete from journal where id in (
                select id from journal
                where folded_at >= ? and folded_at < ? and fault is null
                order by folded_at, id limit ?)""";

    /** Two writers of the same native ids wait for each other in turn, never in a circle. */
    private static final Comparator<CallEvent> LOCK_ORDER =
            Comparator.comparing(CallEvent::company)
                    .thenComparing(CallEvent::account)
                    .thenComparing(event -> event.nativeId().orElse(""));

    /** Rows looked at for each call that is asked for: most calls have fewer. */
    private static final int ROWS_A_CALL = 16;

    private static final int MOST_FORGOTTEN_AT_ONCE = 5_000;
    private static final int LONGEST_NATIVE_ID = 200;

    private final Database database;
    private final JdbcLeases leases;
    private final Signals signals;
    private final Clock clock;
    private final LongAdder appended = new LongAdder();

    @Activate
    public JdbcJournal(
            @Reference Database database,
            @Reference JdbcLeases leases,
            @Reference Signals signals) {
        this(database, leases, signals, Clock.systemUTC());
    }

    JdbcJournal(Database database, JdbcLeases leases, Signals signals, Clock clock) {
        this.database = database;
        this.leases = leases;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public void append(List<CallEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<Object[]> rows = events.stream().sorted(LOCK_ORDER).map(JdbcJournal::row).toList();
        database.transaction(
                session -> {
                    session.batch(INSERT, rows);
                    return rows.size();
                });
        appended.add(rows.size());
        signals.appended.fire();
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        "trunkline_journal_events",
                        "Events offered to the journal and committed, repeated ones included",
                        Kind.COUNTER,
                        Map.of(),
                        appended.sum()));
    }

    private static Object[] row(CallEvent event) {
        return new Object[] {
            event.company(),
            event.account(),
            Call.id(event.company(), event.account(), event.callKey()),
            event.callKey(),
            event.nativeId().map(JdbcJournal::nativeId),
            Json.write(event),
            event.receivedAt()
        };
    }

    /** Ids come from outside in any length; the index takes only short ones. */
    private static String nativeId(String given) {
        if (given.length() <= LONGEST_NATIVE_ID) {
            return given;
        }
        try {
            byte[] text = given.getBytes(StandardCharsets.UTF_8);
            return "sha256:"
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private record Row(long id, String event) {}

    @Override
    public List<Unfolded> unfolded(int mostCalls) {
        List<Row> rows =
                leases.query(
                        UNFOLDED,
                        row -> new Row(row.getLong("id"), row.getString("event")),
                        mostCalls * ROWS_A_CALL);
        Map<String, Unfolded> byCall = new LinkedHashMap<>();
        for (Row row : rows) {
            try {
                add(byCall, row.id(), Json.read(row.event(), CallEvent.class));
            } catch (IllegalArgumentException e) {
                setAside(row, e);
            }
        }
        return byCall.values().stream().limit(mostCalls).toList();
    }

    private static void add(Map<String, Unfolded> byCall, long row, CallEvent event) {
        Unfolded call =
                byCall.computeIfAbsent(
                        event.company()
                                + '/'
                                + Call.id(event.company(), event.account(), event.callKey()),
                        first ->
                                new Unfolded(
                                        event.company(),
                                        event.account(),
                                        event.callKey(),
                                        new ArrayList<>(),
                                        new ArrayList<>()));
        call.rows().add(row);
        call.events().add(event);
    }

    /** One unreadable row must not stop the calls behind it; it stays for a person to see. */
    private void setAside(Row row, IllegalArgumentException why) {
        LOG.error("Journal row {} can't be read and is set aside: {}", row.id(), why.getMessage());
        database.run(
                session -> session.update(SET_ASIDE, clock.instant(), why.getMessage(), row.id()));
    }

    @Override
    public Subscription onAppend(Runnable signal) {
        return signals.appended.subscribe(signal);
    }

    /**
     * Deletes rows folded before a time, those set aside excepted.
     *
     * @return how many
     */
    long forget(Instant foldedBefore) {
        long forgotten = 0;
        int some;
        do {
            some =
                    database.run(
                            session ->
                                    session.update(
                                            FORGET,
                                            Instant.EPOCH,
                                            foldedBefore,
                                            MOST_FORGOTTEN_AT_ONCE));
            forgotten += some;
        } while (some == MOST_FORGOTTEN_AT_ONCE);
        return forgotten;
    }
}
