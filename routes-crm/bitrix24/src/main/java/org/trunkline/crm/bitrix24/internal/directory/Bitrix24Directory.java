package org.trunkline.crm.bitrix24.internal.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.Bitrix24Config;
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

/** What the hub knows of its Bitrix24 portals, kept up to date (rules T4, T6, O17, X7). */
@Component(
        service = {PortalDirectory.class, EntityChanges.class},
        configurationPid = "org.trunkline.bitrix24",
        immediate = true)
public final class Bitrix24Directory implements PortalDirectory, EntityChanges {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Directory.class);

    private static final Duration LEAST = Duration.ofSeconds(5);

    private static final Duration USUAL = Duration.ofMinutes(15);

    /** Portals that hang must not keep the others waiting. */
    private static final int THREADS = 4;

    private final Companies companies;
    private final Leases leases;
    private final PortalLinks links;
    private final DirectoryNotes notes;
    private final Clock clock;
    private final Synchroniser synchroniser;
    private final Map<String, Chores> chores = new ConcurrentHashMap<>();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(r -> thread(r, "bitrix24-directory"));
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, r -> thread(r, "bitrix24-chores"));
    private final PhoneBook book;
    private final BookRecord record;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private volatile Duration every;
    private volatile BookTimes times;

    @Activate
    public Bitrix24Directory(
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PortalLinks links,
            @Reference PortalNotes notes,
            @Reference PhoneBook book,
            Bitrix24Config config) {
        this(companies, leases, links, notes, book, config, Clock.systemUTC());
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Looks after its portals only when told to. */
    public Bitrix24Directory(
            Companies companies,
            Leases leases,
            PortalLinks links,
            PortalNotes notes,
            PhoneBook book,
            Bitrix24Config config,
            Clock clock) {
        this.companies = companies;
        this.leases = leases;
        this.links = links;
        this.notes = new DirectoryNotes(companies, notes);
        this.clock = clock;
        this.synchroniser = new Synchroniser(this.notes, clock);
        this.book = book;
        this.record = new BookRecord(book, this.notes);
        this.every = Times.read("synchronise.every", config.synchronise_every(), LEAST, USUAL);
        this.times = BookTimes.read(config, BookTimes.USUAL);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Modified
    void modified(Bitrix24Config config) {
        every = Times.read("synchronise.every", config.synchronise_every(), LEAST, every);
        times = BookTimes.read(config, times);
        chores.values().forEach(Chores::again);
    }

    @Deactivate
    public void stop() {
        timer.shutdownNow();
        // Not interrupted: in H2's file access that would close the whole database.
        threads.shutdown();
    }

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
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
        PortalLinks.Link link = links.link(company, portal);
        return synchroniser.run(provisioned(company), portal, link::now);
    }

    @Override
    public List<String> telephonyBeside(String company, Portal portal) {
        PortalLinks.Link link = links.link(company, portal);
        return OtherTelephony.named(
                link.now(List.of(OtherTelephony.question(clock.instant()))).get(0).value());
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
                            .filter(portal -> portal.kind() == CrmKind.BITRIX24)
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
                            chores(key).run(company, portal);
                        } catch (RuntimeException e) {
                            LOG.error("What is due for portal {} broke off", key, e);
                        } finally {
                            inHand.remove(key);
                        }
                    });
        }
    }

    private Chores chores(String key) {
        return chores.computeIfAbsent(
                key, k -> new Chores(clock, notes, List.of(synchronising(), phoneBook(k))));
    }

    private Chores.Chore phoneBook(String key) {
        return new BookChore(book, record, links, clock, () -> times, pending(key));
    }

    private Pending pending(String key) {
        return pending.computeIfAbsent(key, k -> new Pending());
    }

    @Override
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

    private Chores.Chore synchronising() {
        return new Chores.Chore() {
            @Override
            public String name() {
                return "The synchronisation";
            }

            @Override
            public Optional<Duration> run(Company company, Portal portal) {
                Optional<Duration> pause = Optional.of(every).filter(time -> !time.isZero());
                if (pause.isPresent()) {
                    PortalLinks.Link link = links.link(company.id(), portal);
                    report(company, portal, synchroniser.run(company, portal, link::inTurn));
                }
                return pause;
            }
        };
    }

    private static void report(Company company, Portal portal, Synchronised done) {
        java.util.stream.Stream.concat(done.problems().stream(), done.warnings().stream())
                .forEach(
                        problem ->
                                LOG.warn(
                                        "Portal {}/{}, {}: {} {}",
                                        company.id(),
                                        portal.id(),
                                        problem.part(),
                                        problem.message(),
                                        problem.cure()));
    }
}
