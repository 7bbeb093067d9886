package org.trunkline.crm.bitrix24.internal.install;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.bitrix24.internal.Cures;
import org.trunkline.crm.bitrix24.internal.events.PortalEvents;
import org.trunkline.crm.connector.install.ConnectionWatch;
import org.trunkline.crm.connector.install.Progress;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.http.HttpGate;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Companies;

/** Connects Bitrix24 portals: by what they send themselves, and by what an administrator asks. */
@Component(service = PortalConnection.class, immediate = true)
public final class Bitrix24Installation implements PortalConnection {

    private final HttpGate gate;
    private final RoutesContext context;
    private final Companies companies;
    private final Portals portals;
    private final ProgressBook progress;
    private final Installer installer;
    private final Handlers handlers;
    private final Clock clock;
    private final ConnectionWatch watch;

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
        Health health = new Health();
        this.installer = new Installer(companies, portals, progress, health, clock);
        this.handlers =
                new Handlers(portals, events, new HubAddresses(publicUrl, InstallRoutes.PREFIX));
        gate.attach(context.camel(), InstallRoutes.PREFIX);
        context.start(
                new InstallRoutes(companies, installer, progress, handlers),
                new AppRoutes(companies, portals, installer, progress, handlers, clock),
                events.routes());
        gate.ready(InstallRoutes.PREFIX);
        watch = new ConnectionWatch(CrmKind.BITRIX24, companies, health);
    }

    @Deactivate
    public void stop() {
        watch.close();
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
        watch.tell(company, portal);
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
                handlers.addresses().of(company, portal, "install"),
                handlers.addresses().of(company, portal, "app"));
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
        return new PortalCheck(
                        portals.at(company, portal),
                        handlers.reach(company, portal),
                        portal,
                        Words.of(Optional.of("en")))
                .run();
    }

    private boolean connected(String company, Portal portal) {
        return companies.secret(company, portal.secretKey("accessToken")).isPresent();
    }

    private final class Health implements ConnectionWatch.Teller {

        @Override
        public boolean connected(String company, Portal portal) {
            return Bitrix24Installation.this.connected(company, portal);
        }

        @Override
        public void unconnected(String company, Portal portal) {
            portals.at(company, portal).unconnected(Cures.unconnected(companies, company, portal));
        }

        @Override
        public void connectedAgain(String company, Portal portal) {
            portals.at(company, portal).connected();
        }
    }
}
