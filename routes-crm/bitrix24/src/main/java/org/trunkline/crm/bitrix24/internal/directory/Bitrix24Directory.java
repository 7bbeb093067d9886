package org.trunkline.crm.bitrix24.internal.directory;

import java.time.Clock;
import java.time.DateTimeException;
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
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PortalNotes;

/** What the hub knows of its Bitrix24 portals, kept up to date (rules T4, T6, O17). */
@Component(
        service = PortalDirectory.class,
        configurationPid = "org.trunkline.bitrix24",
        immediate = true)
public final class Bitrix24Directory implements PortalDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Directory.class);

    private static final Duration LEAST = Duration.ofSeconds(5);

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
    private volatile Optional<Duration> every;

    @Activate
    public Bitrix24Directory(
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PortalLinks links,
            @Reference PortalNotes notes,
            Bitrix24Config config) {
        this(companies, leases, links, notes, config, Clock.systemUTC());
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Looks after its portals only when told to. */
    public Bitrix24Directory(
            Companies companies,
            Leases leases,
            PortalLinks links,
            PortalNotes notes,
            Bitrix24Config config,
            Clock clock) {
        this.companies = companies;
        this.leases = leases;
        this.links = links;
        this.notes = new DirectoryNotes(companies, notes);
        this.clock = clock;
        this.synchroniser = new Synchroniser(this.notes, clock);
        this.every = every(config, Optional.of(Duration.ofMinutes(15)));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Modified
    void modified(Bitrix24Config config) {
        every = every(config, every);
        chores.values().forEach(Chores::again);
    }

    @Deactivate
    public void stop() {
        timer.shutdownNow();
        // Not interrupted: in H2's file access that would close the whole database.
        threads.shutdown();
    }

    /** Zero switches it off; a wrong value leaves what was in force. */
    private static Optional<Duration> every(Bitrix24Config config, Optional<Duration> inForce) {
        String given = config.synchronise_every().strip();
        try {
            Duration read = Duration.parse(given);
            if (read.isZero()) {
                return Optional.empty();
            }
            if (read.compareTo(LEAST) >= 0) {
                return Optional.of(read);
            }
        } catch (DateTimeException e) {
            // told below like every other wrong value
        }
        LOG.error(
                "synchronise.every = '{}' is no duration of at least 5 s; {} stays in force."
                        + " Write it as PT15M, or PT0S to switch it off",
                given,
                inForce.map(Duration::toString).orElse("PT0S"));
        return inForce;
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
        return chores.computeIfAbsent(key, k -> new Chores(clock, notes, List.of(synchronising())));
    }

    private Chores.Chore synchronising() {
        return new Chores.Chore() {
            @Override
            public String name() {
                return "The synchronisation";
            }

            @Override
            public Optional<Duration> run(Company company, Portal portal) {
                Optional<Duration> pause = every;
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
