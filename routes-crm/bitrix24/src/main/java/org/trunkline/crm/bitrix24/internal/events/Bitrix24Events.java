package org.trunkline.crm.bitrix24.internal.events;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.camel.RoutesBuilder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.Bitrix24Config;
import org.trunkline.crm.bitrix24.internal.directory.EntityChanges;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.crm.connector.begin.ClickedCalls;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.rules.Presets;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/** What portals tell by themselves, and that they go on telling it. */
@Component(service = PortalEvents.class, configurationPid = "org.trunkline.bitrix24")
public final class Bitrix24Events implements PortalEvents {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Events.class);

    private static final List<String> CALL_EVENTS =
            List.of(PortalEvent.CLICK, PortalEvent.CALLBACK);

    private static final List<String> CHANGES = List.of("ADD", "UPDATE", "DELETE");

    /** Commands to PBXs in hand at once: one that hangs keeps no other back. */
    private static final int AT_ONCE = 16;

    /** The vendor's own queue lies between. */
    private static final Duration TO_REACH_US = Duration.ofSeconds(10);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    /** A twentieth of what a portal's bucket leaks. */
    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(10);

    private final Companies companies;
    private final Leases leases;
    private final Portals portals;
    private final Reachability reachability = new Reachability();
    private final Bindings bindings;
    private final OfflineQueue queue;
    private final Clicks clicks;
    private final CallbackForms forms;
    private final ExecutorService behind;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "bitrix24-events-timer"));
    private final Subscription provisioned;
    private final AtomicReference<EntityChanges> changes = new AtomicReference<>();

    @Activate
    public Bitrix24Events(
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference Portals portals,
            @Reference Controls controls,
            Bitrix24Config config) {
        this(
                journal,
                calls,
                companies,
                leases,
                portals,
                controls,
                Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL"))
                        .filter(url -> !config.events().strip().equalsIgnoreCase("offline")),
                Clock.systemUTC());
        timer.scheduleWithFixedDelay(
                this::mendAll, FIRST_LOOK.toSeconds(), BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(
                this::drainAll,
                BETWEEN_POLLS.toSeconds(),
                BETWEEN_POLLS.toSeconds(),
                TimeUnit.SECONDS);
    }

    /**
     * Outside OSGi; without a timer.
     *
     * @param publicUrl where portals reach the hub; empty: they tell into their queues
     */
    public Bitrix24Events(
            Journal journal,
            Calls calls,
            Companies companies,
            Leases leases,
            Portals portals,
            Controls controls,
            Optional<String> publicUrl,
            Clock clock) {
        this.companies = companies;
        this.leases = leases;
        this.portals = portals;
        this.behind = Executors.newFixedThreadPool(AT_ONCE, r -> daemon(r, "bitrix24-events"));
        this.bindings = new Bindings(portals, publicUrl, this::wanted);
        this.queue = new OfflineQueue(companies, portals, this::take);
        Commands commands = new Commands(controls);
        ClickedCalls clicked = new ClickedCalls(journal, calls, commands, behind, clock);
        this.clicks = new Clicks(clicked, portals, behind, clock);
        this.forms =
                new CallbackForms(
                        new CallbackAttempts(journal, calls, commands, behind, clock),
                        portals,
                        clock);
        this.provisioned = companies.onChange(() -> later(this::mendChanged));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeChanges")
    public void addChanges(EntityChanges whoHears) {
        changes.set(whoHears);
        later(this::mendChanged);
    }

    void removeChanges(EntityChanges whoHeard) {
        changes.compareAndSet(whoHeard, null);
    }

    @Deactivate
    public void stop() {
        provisioned.close();
        timer.shutdownNow();
        behind.shutdown();
        try {
            if (!behind.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("Stopped while a PBX was being asked; the call is given up by the clock");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public RoutesBuilder routes() {
        return new EventRoutes(companies, this::take);
    }

    @Override
    public void bind(String company, Portal portal) {
        bindings.mend(company, portal);
    }

    @Override
    public Optional<String> handler(String company, Portal portal) {
        return bindings.handler(company, portal);
    }

    @Override
    public boolean reachesHub(String company, Portal portal) {
        return handler(company, portal)
                .filter(
                        handler ->
                                reachability.test(
                                        portals.at(company, portal), handler, TO_REACH_US))
                .isPresent();
    }

    /** A queue is asked again and again: only where somebody wants what is in it. */
    private List<String> wanted(String company, Portal portal) {
        boolean calls = !bindings.offline() || callsBegin(company, portal);
        List<String> wanted = new ArrayList<>(calls ? CALL_EVENTS : List.of());
        if (changes.get() != null) {
            for (EntityKind kind : EntityKind.values()) {
                CHANGES.forEach(change -> wanted.add("ONCRM" + kind.name() + change));
            }
        }
        return wanted;
    }

    private boolean callsBegin(String company, Portal portal) {
        return companies.find(company).stream()
                .flatMap(c -> c.integrations().stream())
                .filter(integration -> integration.portal().equals(portal.id()))
                .map(i -> Presets.settings(i.preset(), i.settings()))
                .anyMatch(s -> s.clickToCall().enabled() || s.callback().enabled());
    }

    private void take(String company, Portal portal, PortalEvent event) {
        Optional<Company> known = companies.find(company);
        if (known.isEmpty()) {
            return;
        }
        switch (event.name()) {
            case PortalEvent.CLICK -> clicks.take(known.get(), portal, event);
            case Reachability.EVENT -> reachability.arrived(event);
            case PortalEvent.CALLBACK -> forms.take(known.get(), portal, event);
            default -> changed(company, portal, event);
        }
    }

    private void changed(String company, Portal portal, PortalEvent event) {
        EntityChanges whoHears = changes.get();
        Optional<String> id = event.text("FIELDS.ID");
        if (whoHears == null || id.isEmpty()) {
            return;
        }
        for (EntityKind kind : EntityKind.values()) {
            if (event.name().startsWith("ONCRM" + kind.name())) {
                whoHears.changed(company, portal, kind, id.get());
            }
        }
    }

    /** As an update of the application takes all handlers away. */
    public void mendAll() {
        each(bindings::mend);
    }

    private void mendChanged() {
        each(bindings::mendIfChanged);
    }

    /** A change that comes while this stops needs no answer. */
    private void later(Runnable deed) {
        if (!timer.isShutdown()) {
            timer.execute(deed);
        }
    }

    /** Where portals can't reach the hub. */
    public void drainAll() {
        each(this::drain);
    }

    private void drain(String company, Portal portal) {
        if (bindings.offline() && !bindings.queues(company, portal)) {
            // After a start or a takeover nothing is known yet, and events may wait.
            bindings.mendIfChanged(company, portal);
        }
        boolean more = bindings.queues(company, portal);
        for (int batches = 0; batches < 20 && more; batches++) {
            more = queue.drain(company, portal);
        }
    }

    private void each(BiConsumer<String, Portal> deed) {
        try {
            for (Company company : companies.all()) {
                for (Portal portal : company.portals()) {
                    one(company, portal, deed);
                }
            }
        } catch (RuntimeException e) {
            // A timer forgets what throws; the store may be away for a moment.
            LOG.warn("The portals' events are looked at later: {}", e.toString());
        }
    }

    private void one(Company company, Portal portal, BiConsumer<String, Portal> deed) {
        try {
            if (portal.kind() == CrmKind.BITRIX24
                    && leases.serves(company.id())
                    && companies
                            .secret(company.id(), portal.secretKey("accessToken"))
                            .isPresent()) {
                deed.accept(company.id(), portal);
            }
        } catch (Fault later) {
            LOG.info(
                    "Events of {}/{} must wait: {}", company.id(), portal.id(), later.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("Events of {}/{}", company.id(), portal.id(), bug);
        }
    }
}
