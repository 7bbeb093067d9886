package org.trunkline.admin.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.admin.rest.internal.StoreProbe;
import org.trunkline.model.Company;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.model.PortalHealth;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/**
 * How the hub and all that it speaks with are; read by {@code GET /health} and by {@code
 * trunkline:health}. There without the store too: that it is not open is what people then ask.
 */
@Component(service = HubHealth.class)
public final class HubHealth {

    /** What a PBX account or portal is in that nobody has told of yet. */
    public static final String UNKNOWN = "unknown";

    /** What a PBX account is in that sends by itself and has not yet. */
    private static final String WAITING = PbxHealth.WAITING;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StoreProbe probe = new StoreProbe(this::work, PATIENCE);

    /** Absent while the store is not open, and so is {@link #work}. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Companies companies;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Work work;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PbxHealth.Source> pbx = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<CrmConnector> connectors = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PortalDirectory> directories = List.of();

    /** For Declarative Services. */
    @Activate
    public HubHealth() {}

    /** Outside OSGi, where nothing comes and goes. */
    public HubHealth(
            Companies companies,
            Work work,
            List<PbxHealth.Source> pbx,
            List<CrmConnector> connectors,
            List<PortalDirectory> directories) {
        this.companies = companies;
        this.work = work;
        this.pbx = List.copyOf(pbx);
        this.connectors = List.copyOf(connectors);
        this.directories = List.copyOf(directories);
    }

    @Deactivate
    public void stop() {
        probe.close();
    }

    /** How all is now. Waits at most two seconds for the store. */
    public HubState state() {
        StoreProbe.Answer store = probe.ask();
        List<PbxHealth> accounts = accounts();
        List<PortalHealth> portals = portals();
        boolean well =
                accounts.stream().allMatch(a -> well(a.state()))
                        && portals.stream().allMatch(p -> well(p.state()))
                        && store.backlog().stream().allMatch(b -> b.dead() == 0);
        return new HubState(
                !store.ok() ? HubState.DOWN : well ? HubState.OK : HubState.DEGRADED,
                accounts,
                portals.stream()
                        .map(p -> HubState.OfPortal.of(p, store.ok() ? book(p) : Optional.empty()))
                        .toList(),
                new HubState.Store(store.ok() ? HubState.OK : HubState.DOWN, store.reason()),
                store.backlog()
                        .map(
                                b ->
                                        new HubState.Backlog(
                                                b.waiting(),
                                                b.retrying(),
                                                b.dead(),
                                                b.oldest().toSeconds())));
    }

    /** Whether the store can be read now. Waits at most two seconds. */
    public boolean storeAnswers() {
        return probe.ask().ok();
    }

    private Optional<Work> work() {
        return Optional.ofNullable(work);
    }

    /** Whether this word of a PBX account means that the PBX is heard. */
    public static boolean connected(String state) {
        return PbxHealth.heard(state);
    }

    private static boolean well(String state) {
        return connected(state)
                || state.equals(HubState.OK)
                || state.equals(UNKNOWN)
                || state.equals(WAITING);
    }

    private List<PbxHealth> accounts() {
        List<PbxHealth> told = pbx.stream().flatMap(s -> s.health().stream()).toList();
        return withSilent(
                told,
                h -> h.company() + "/" + h.id(),
                company -> company.pbx().stream().map(a -> unknownAccount(company, a.id())));
    }

    private List<PortalHealth> portals() {
        List<PortalHealth> told = connectors.stream().flatMap(c -> c.health().stream()).toList();
        return withSilent(
                told,
                h -> h.company() + "/" + h.id(),
                company -> company.portals().stream().map(p -> unknownPortal(company, p.id())));
    }

    /** The store may go in between; the phone book is then left out. */
    private Optional<PortalDirectory.Book> book(PortalHealth health) {
        try {
            return Optional.ofNullable(companies)
                    .flatMap(all -> all.find(health.company()))
                    .flatMap(company -> company.portal(health.id()))
                    .flatMap(portal -> book(health.company(), portal));
        } catch (Fault storeIsGone) {
            return Optional.empty();
        }
    }

    private Optional<PortalDirectory.Book> book(String company, Portal portal) {
        return directories.stream()
                .filter(directory -> directory.kind() == portal.kind())
                .findFirst()
                .map(directory -> directory.book(company, portal));
    }

    private static PbxHealth unknownAccount(Company company, String id) {
        return new PbxHealth(
                company.id(),
                id,
                UNKNOWN,
                "no bundle tells of it",
                "see with bundle:list that the bundle for this kind of PBX is active");
    }

    private static PortalHealth unknownPortal(Company company, String id) {
        return new PortalHealth(company.id(), id, UNKNOWN, "not spoken to since the start", "");
    }

    /** What was told, and what is provisioned but was not told of. */
    private <T> List<T> withSilent(
            List<T> told, Function<T, String> name, Function<Company, Stream<T>> provisioned) {
        List<String> heard = told.stream().map(name).toList();
        List<T> all = new ArrayList<>(told);
        Optional.ofNullable(companies).map(Companies::all).orElse(List.of()).stream()
                .flatMap(provisioned)
                .filter(h -> !heard.contains(name.apply(h)))
                .forEach(all::add);
        return List.copyOf(all);
    }
}
