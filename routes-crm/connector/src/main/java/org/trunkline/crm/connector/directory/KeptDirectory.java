package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmKind;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;

/**
 * What the hub knows of the portals of one kind of CRM, kept up to date (rules T4, O17, X7). A kind
 * says how its portals are read.
 */
public abstract class KeptDirectory implements PortalDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(KeptDirectory.class);

    private static final Duration LEAST = Duration.ofSeconds(5);

    private static final Duration USUAL = Duration.ofMinutes(15);

    /** Portals that hang must not keep the others waiting. */
    private static final int THREADS = 4;

    private final CrmKind kind;
    private final Companies companies;
    private final Leases leases;
    private final PhoneBook book;
    private final DirectoryNotes notes;
    private final BookRecord record;
    private final Clock clock;
    private final Synchroniser synchroniser;
    private final Map<String, Chores> chores = new ConcurrentHashMap<>();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final ExecutorService threads;
    private volatile Duration every;
    private volatile BookTimes times;

    /**
     * Keys of the configuration, each a duration as ISO 8601 writes it.
     *
     * @param every {@code synchronise.every}
     * @param catchUp {@code book.catch.up}
     * @param again {@code book.again}
     */
    public record Knobs(String every, String catchUp, String again) {}

    /** What the store keeps for a directory. */
    public record Stores(Companies companies, Leases leases, PortalNotes notes, PhoneBook book) {}

    /**
     * Looks after its portals only when told to.
     *
     * @param identitySecret see {@link DirectoryNotes}
     */
    protected KeptDirectory(
            CrmKind kind, Stores stores, String identitySecret, Knobs knobs, Clock clock) {
        this.kind = kind;
        this.companies = stores.companies();
        this.leases = stores.leases();
        this.book = stores.book();
        this.notes = new DirectoryNotes(companies, stores.notes(), identitySecret);
        this.record = new BookRecord(book, notes);
        this.clock = clock;
        this.synchroniser = new Synchroniser(notes, clock);
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(r -> thread(r, name + "-directory"));
        this.threads = Executors.newFixedThreadPool(THREADS, r -> thread(r, name + "-chores"));
        this.every = Times.read("synchronise.every", knobs.every(), LEAST, USUAL);
        this.times = BookTimes.read(knobs.catchUp(), knobs.again(), BookTimes.USUAL);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * How the portal's set-up is read.
     *
     * @param urgent a person waits for it
     */
    protected abstract SetUpReader reader(Company company, Portal portal, boolean urgent);

    /** How the portal is read into its phone book, which {@code record} keeps. */
    protected abstract BookSource source(String company, Portal portal, BookRecord record);

    /** What else is to be done for a portal from time to time. */
    protected List<Chores.Chore> others() {
        return List.of();
    }

    /** Looks every second from now on. */
    protected final void start() {
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Takes over a changed configuration. */
    protected final void changed(Knobs knobs) {
        every = Times.read("synchronise.every", knobs.every(), LEAST, every);
        times = BookTimes.read(knobs.catchUp(), knobs.again(), times);
        chores.values().forEach(Chores::again);
    }

    /** Ends the work on portals. */
    public void stop() {
        // Not interrupted: in H2's file access that would close the whole database.
        timer.shutdown();
        threads.shutdown();
    }

    protected final Clock clock() {
        return clock;
    }

    protected final PhoneBook book() {
        return book;
    }

    protected final DirectoryNotes notes() {
        return notes;
    }

    @Override
    public final CrmKind kind() {
        return kind;
    }

    @Override
    public CrmDirectory known(String company, Portal portal) {
        return notes.known(company, portal);
    }

    @Override
    public CrmDirectory known(String company, Portal portal, Duration oldest) {
        CrmDirectory known = notes.known(company, portal);
        Instant bound = clock.instant().minus(oldest);
        boolean fresh =
                List.of(Part.values()).stream()
                        .allMatch(
                                part ->
                                        known.has(part)
                                                && !known.readAt().get(part).isBefore(bound));
        return fresh ? known : synchronise(company, portal).directory();
    }

    @Override
    public Synchronised synchronise(String company, Portal portal) {
        return synchroniser.run(company, portal, reader(provisioned(company), portal, true));
    }

    private Company provisioned(String company) {
        return companies
                .find(company)
                .orElseThrow(
                        () ->
                                new Fault.Data(
                                        "company '" + company + "' is not there any more",
                                        "provision it again"));
    }

    /** Whether nothing is being done for any portal now. */
    public boolean idle() {
        return inHand.isEmpty();
    }

    /** Gives each portal that this hub serves a thread for what is due there. */
    public void look() {
        try {
            for (Company company : companies.all()) {
                if (leases.serves(company.id())) {
                    company.portals().stream()
                            .filter(portal -> portal.kind() == kind)
                            .forEach(portal -> lookAfter(company, portal));
                }
            }
        } catch (RuntimeException e) {
            // A timer forgets what throws; the store may be away for a moment.
            LOG.warn("The portals' set-up is looked at later: {}", e.toString());
        }
    }

    private void lookAfter(Company company, Portal portal) {
        String key = company.id() + "/" + portal.id();
        if (inHand.add(key)) {
            threads.execute(
                    () -> {
                        try {
                            chores(company.id(), portal).run(company, portal);
                        } catch (RuntimeException e) {
                            LOG.error("What is due for portal {} broke off", key, e);
                        } finally {
                            inHand.remove(key);
                        }
                    });
        }
    }

    private Chores chores(String company, Portal portal) {
        String key = company + "/" + portal.id();
        return chores.computeIfAbsent(
                key,
                k -> {
                    List<Chores.Chore> all = new ArrayList<>();
                    all.add(
                            new SynchroniseChore(
                                    synchroniser, () -> every, (of, at) -> reader(of, at, false)));
                    all.add(
                            new BookChore(
                                    record,
                                    source(company, portal, record),
                                    clock,
                                    () -> times,
                                    pending(k)));
                    all.addAll(others());
                    return new Chores(clock, notes, all);
                });
    }

    private Pending pending(String key) {
        return pending.computeIfAbsent(key, k -> new Pending());
    }

    /**
     * An entity was made, changed or deleted: it is read anew within seconds, or forgotten if it is
     * not there any more. Returns at once. What is lost by a kill is made up for by the next
     * catch-up, deletions by the next round.
     *
     * @param id the portal's; what is no number is ignored
     */
    public void changed(String company, Portal portal, EntityKind kind, String id) {
        if (id.matches("[1-9][0-9]{0,17}")) {
            pending(company + "/" + portal.id()).add(kind, Long.parseLong(id));
        }
    }

    @Override
    public Book book(String company, Portal portal) {
        BookProgress progress = record.read(company, portal);
        BookState state =
                times.off()
                        ? BookState.OFF
                        : progress.filledAt().isEmpty()
                                ? BookState.FILLING
                                : progress.current(clock.instant(), times)
                                        ? BookState.CURRENT
                                        : BookState.STALE;
        return new Book(state, progress.percent(), progress.filledAt(), progress.caughtUpAt());
    }

    @Override
    public Map<EntityKind, Long> inBook(String company, Portal portal) {
        return book.size(company, portal.id());
    }

    @Override
    public Client inBook(String company, Portal portal, PhoneNumber number) {
        return book.find(company, portal.id(), number);
    }
}
