package org.trunkline.crm.bitrix24.internal.install;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.Cures;
import org.trunkline.crm.bitrix24.internal.events.PortalEvents;
import org.trunkline.crm.connector.install.Progress;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.http.HttpGate;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Companies;
import org.trunkline.store.Subscription;

/** Connects Bitrix24 portals: by what they send themselves, and by what an administrator asks. */
@Component(service = PortalConnection.class, immediate = true)
public final class Bitrix24Installation implements PortalConnection {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Installation.class);

    private final HttpGate gate;
    private final RoutesContext context;
    private final Companies companies;
    private final Portals portals;
    private final ProgressBook progress;
    private final Installer installer;
    private final Handlers handlers;
    private final Clock clock;
    private final ExecutorService looking =
            Executors.newSingleThreadExecutor(r -> new Thread(r, "bitrix24-connections"));
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Subscription provisioned;

    @Activate
    public Bitrix24Installation(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Companies companies,
            @Reference Portals portals,
            @Reference PortalEvents events) {
        this(
                gate,
                RoutesContext.of(bundle),
                companies,
                portals,
                events,
                Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL")),
                Clock.systemUTC());
    }

    /** Outside OSGi. */
    public Bitrix24Installation(
            HttpGate gate,
            RoutesContext context,
            Companies companies,
            Portals portals,
            PortalEvents events,
            Optional<String> publicUrl,
            Clock clock) {
        this.gate = gate;
        this.context = context;
        this.companies = companies;
        this.portals = portals;
        this.clock = clock;
        this.progress = new ProgressBook(companies);
        this.installer = new Installer(companies, portals, progress, clock);
        this.handlers =
                new Handlers(
                        portals,
                        events,
                        publicUrl
                                .map(url -> url.strip().replaceAll("/+$", ""))
                                .filter(url -> !url.isEmpty()));
        gate.attach(context.camel(), InstallRoutes.PREFIX);
        context.start(
                new InstallRoutes(companies, installer, progress, handlers),
                new AppRoutes(companies, portals, installer, progress, handlers, clock),
                events.routes());
        gate.ready(InstallRoutes.PREFIX);
        provisioned = companies.onChange(() -> looking.execute(this::tellUnconnected));
        looking.execute(this::tellUnconnected);
    }

    @Deactivate
    public void stop() {
        provisioned.close();
        looking.shutdownNow();
        gate.detach(InstallRoutes.PREFIX);
        context.close();
    }

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public State open(String company, Portal portal, Duration open) {
        progress.change(company, portal, p -> p.open(clock.instant().plus(open)), Map.of());
        tell(company, portal);
        return state(company, portal);
    }

    @Override
    public State close(String company, Portal portal) {
        progress.change(company, portal, Progress::closed, Map.of());
        return state(company, portal);
    }

    @Override
    public State state(String company, Portal portal) {
        Progress now = progress.of(company, portal);
        return new State(
                connected(company, portal),
                now.openUntil().filter(until -> now.isOpen(clock.instant())),
                now.connectedAt(),
                now.releasedAt(),
                now.refusal(),
                handlers.address(company, portal, "install"),
                handlers.address(company, portal, "app"));
    }

    @Override
    public State release(String company, Portal portal) {
        installer.release(company, portal, "an administrator of the hub did it");
        return state(company, portal);
    }

    @Override
    public String refreshTokens(String company, Portal portal) {
        portals.at(company, portal).renew();
        portals.at(company, portal).call("app.info", Map.of());
        return "the tokens were renewed, and the portal takes them; all settings stay";
    }

    @Override
    public Check check(String company, Portal portal) {
        PortalCheck.Report report =
                new PortalCheck(
                                portals.at(company, portal),
                                handlers.reach(company, portal),
                                portal,
                                Words.of(Optional.of("en")))
                        .run();
        return new Check(
                report.ok(),
                report.words(),
                report.cure(),
                report.items().stream()
                        .map(item -> new CheckItem(item.name(), item.value(), item.ok()))
                        .toList());
    }

    private boolean connected(String company, Portal portal) {
        return companies.secret(company, portal.secretKey("accessToken")).isPresent();
    }

    /** Of a portal that is connected only what was told before is taken back. */
    private void tell(String company, Portal portal) {
        String name = company + "/" + portal.id();
        if (!connected(company, portal)) {
            told.add(name);
            Fault.Auth why = Cures.unconnected(companies, company, portal);
            portals.at(company, portal).unconnected(why);
        } else if (told.remove(name)) {
            portals.at(company, portal).connected();
        }
    }

    /** A portal that nobody speaks to for want of tokens would be silent in /health. */
    private void tellUnconnected() {
        try {
            for (Company company : companies.all()) {
                for (Portal portal : company.portals()) {
                    if (portal.kind() == CrmKind.BITRIX24) {
                        tell(company.id(), portal);
                    }
                }
            }
        } catch (Fault.Retryable later) {
            LOG.warn("Which portals are not connected can't be read now: {}", later.getMessage());
        }
    }
}
