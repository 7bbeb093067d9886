package org.trunkline.store.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.Measured;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/**
 * Table {@code lease}. Each hub renews its leases every second and takes those that nobody renewed
 * for {@link Tenure#TERM}. Nobody else can open an H2 file, so there all leases belong to the boot
 * and the table stays empty.
 */
@Component(
        service = {Leases.class, JdbcLeases.class, Measured.class},
        immediate = true)
public final class JdbcLeases implements Leases, Measured {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcLeases.class);

    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final String UNTIL =
            "current_timestamp + interval '" + Tenure.TERM.toSeconds() + "' second";

    private static final String RENEW =
            "update lease set expires_at = " + UNTIL + " where holder = ?";

    /** Of companies that nobody ever served. */
    private static final String FIRST =
            "insert into lease (company, holder, expires_at) select id, ?, "
                    + UNTIL
                    + " from company where not exists"
                    + " (select 1 from lease where lease.company = company.id)"
                    + " on conflict do nothing";

    private static final String TAKE_OVER =
            "update lease set holder = ?, expires_at = "
                    + UNTIL
                    + " where expires_at < current_timestamp";

    private static final String MINE = "select company from lease where holder = ?";

    private static final String RELEASE =
            "update lease set expires_at = current_timestamp - interval '1' second"
                    + " where holder = ?";

    private final Database database;
    private final Signals signals;
    private final Tenure.Clocks clocks;
    private final Signal changed = new Signal();
    private final String holder = holder();
    private final Optional<ScheduledExecutorService> beats;
    private Optional<Subscription> provisioning = Optional.empty();
    private volatile Tenure tenure;
    private boolean failing;

    @Activate
    public JdbcLeases(@Reference Database database, @Reference Signals signals) {
        this(database, signals, Tenure.Clocks.OF_PROCESS);
        beats.ifPresent(
                thread -> {
                    thread.scheduleWithFixedDelay(
                            this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
                    provisioning =
                            Optional.of(
                                    signals.provisioned.subscribe(
                                            () -> thread.execute(this::beat)));
                });
    }

    /** Beats only when told to. */
    JdbcLeases(Database database, Signals signals, Tenure.Clocks clocks) {
        this.database = database;
        this.signals = signals;
        this.clocks = clocks;
        this.tenure = new Tenure(Set.of(), clocks.nanos().getAsLong(), Instant.EPOCH);
        this.beats =
                database.shared()
                        ? Optional.of(Executors.newSingleThreadScheduledExecutor(JdbcLeases::beats))
                        : Optional.empty();
    }

    private static Thread beats(Runnable task) {
        Thread thread = new Thread(task, "trunkline-leases");
        thread.setDaemon(true);
        return thread;
    }

    /** New with each start, for nobody can tell a process that died from one that sleeps. */
    private static String holder() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        return host + "/" + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    /** One sign of life. */
    void beat() {
        try {
            long nanos = clocks.nanos().getAsLong();
            Instant at = clocks.wall().instant();
            Set<String> mine = new TreeSet<>(database.transaction(this::hold));
            Set<String> before = tenure.companies();
            tenure = new Tenure(mine, nanos, at);
            if (!mine.equals(before)) {
                LOG.info("This hub serves {} now, before {}", mine, before);
                changed.fire();
                signals.appended.fire();
                signals.due.fire();
            }
            if (failing) {
                LOG.info("The leases are renewed again");
                failing = false;
            }
            signals.beat.fire();
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The leases can't be renewed, tried each second: {}", e.getMessage());
                failing = true;
            }
        }
    }

    private List<String> hold(Session session) throws SQLException {
        session.update(RENEW, holder);
        session.update(FIRST, holder);
        session.update(TAKE_OVER, holder);
        return session.query(MINE, row -> row.getString("company"), holder);
    }

    /** Lets others take over at once. */
    @Deactivate
    void stop() {
        beats.ifPresent(
                thread -> {
                    provisioning.ifPresent(Subscription::close);
                    thread.shutdown();
                    tenure = new Tenure(Set.of(), tenure.askedNanos(), tenure.askedAt());
                    try {
                        database.run(session -> session.update(RELEASE, holder));
                    } catch (Fault e) {
                        LOG.warn(
                                "The leases can't be given back, they expire in {} s: {}",
                                Tenure.TERM.toSeconds(),
                                e.getMessage());
                    }
                });
    }

    @Override
    public Standing standing(String company) {
        return database.shared() ? tenure.standing(company, clocks) : Standing.SERVING;
    }

    /**
     * Rows of the companies that this hub serves.
     *
     * @param sql with {@code where {served} ...} on a table that has a column {@code company}
     */
    <T> List<T> query(String sql, Session.Row<T> row, Object... values) {
        if (!database.shared()) {
            return database.run(session -> session.query(served(sql, ""), row, values));
        }
        Set<String> mine = served();
        if (mine.isEmpty()) {
            return List.of();
        }
        Object[] withMine = Stream.concat(Stream.of(mine), Stream.of(values)).toArray();
        return database.run(
                session -> session.query(served(sql, "company = any(?) and"), row, withMine));
    }

    private static String served(String sql, String condition) {
        return sql.replace("{served}", condition);
    }

    private Set<String> served() {
        Tenure now = tenure;
        return now.believed(clocks) ? now.companies() : Set.of();
    }

    /**
     * Keeps a hub that slept from writing over what its successor did; within the transaction that
     * writes.
     *
     * @throws Fault.Retryable if the company has another holder
     */
    void fence(Session session, String company) throws SQLException {
        if (!database.shared()) {
            return;
        }
        Optional<String> held =
                session.first(
                        "select holder from lease where company = ?",
                        row -> row.getString("holder"),
                        company);
        if (!held.equals(Optional.of(holder))) {
            throw new Fault.Retryable("another hub serves company " + company + " now", BEAT);
        }
    }

    @Override
    public Subscription onChange(Runnable signal) {
        return changed.subscribe(signal);
    }

    @Override
    public List<Measure> measures() {
        if (!database.shared()) {
            return List.of();
        }
        return List.of(
                new Measure(
                        "trunkline_companies_served",
                        "Companies that this hub serves, of those on a shared database",
                        Kind.GAUGE,
                        Map.of(),
                        served().size()));
    }
}
