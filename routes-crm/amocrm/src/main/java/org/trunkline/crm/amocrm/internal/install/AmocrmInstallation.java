package org.trunkline.crm.amocrm.internal.install;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.RoutesBuilder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.amocrm.internal.AccountBinding;
import org.trunkline.crm.amocrm.internal.AmocrmConnector;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.amocrm.internal.Cures;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.amocrm.internal.directory.EntityChanges;
import org.trunkline.crm.amocrm.internal.directory.Question;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.install.ConnectionWatch;
import org.trunkline.crm.connector.install.Progress;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;
import org.trunkline.store.Companies;

/** Connects amoCRM accounts: by an administrator's consent, and by what the hub's asks (T1-T3). */
@Component(
        service = {PortalConnection.class, AmocrmInstallation.class},
        immediate = true)
public final class AmocrmInstallation implements PortalConnection {

    private static final int STATE_BYTES = 24;

    private final Companies companies;
    private final AccountLinks links;
    private final EntityChanges changes;
    private final HubAddresses addresses;
    private final ProgressBook progress;
    private final Installer installer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ConnectionWatch watch;

    @Activate
    public AmocrmInstallation(
            @Reference Companies companies,
            @Reference AccountLinks links,
            @Reference EntityChanges changes) {
        this(
                companies,
                links,
                changes,
                HubAddresses.ofEnvironment(AmocrmHttp.PREFIX),
                Clock.systemUTC());
    }

    /** Outside OSGi. */
    public AmocrmInstallation(
            Companies companies,
            AccountLinks links,
            EntityChanges changes,
            HubAddresses addresses,
            Clock clock) {
        this.companies = companies;
        this.links = links;
        this.changes = changes;
        this.addresses = addresses;
        this.clock = clock;
        this.progress = new ProgressBook(companies);
        Health health = new Health();
        this.installer = new Installer(companies, links, progress, health, clock);
        this.watch = new ConnectionWatch(CrmKind.AMOCRM, companies, health);
    }

    @Deactivate
    public void stop() {
        watch.close();
    }

    /** Below {@link org.trunkline.crm.amocrm.internal.AmocrmHttp#PREFIX}. */
    public RoutesBuilder routes() {
        return new AccountRoutes(companies, installer, changes);
    }

    @Override
    public CrmKind kind() {
        return CrmKind.AMOCRM;
    }

    @Override
    public State open(String company, Portal portal, Duration open) {
        if (clientId(company, portal).isEmpty()) {
            throw new Fault.Data(
                    "nobody can consent: the document has no clientId and clientSecret",
                    "put those of the integration into the provisioning document");
        }
        byte[] bytes = new byte[STATE_BYTES];
        random.nextBytes(bytes);
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        progress.change(
                company,
                portal,
                p -> p.open(clock.instant().plus(open)),
                Map.of(Installer.STATE, state));
        watch.tell(company, portal);
        return state(company, portal);
    }

    @Override
    public State close(String company, Portal portal) {
        progress.change(company, portal, Progress::closed, Map.of(Installer.STATE, ""));
        return state(company, portal);
    }

    @Override
    public State state(String company, Portal portal) {
        Progress now = progress.of(company, portal);
        boolean open = now.isOpen(clock.instant());
        return new State(
                AccountBinding.connected(companies, company, portal),
                now.openUntil().filter(until -> open),
                now.connectedAt(),
                now.releasedAt(),
                now.refusal(),
                addresses.of(company, portal, AmocrmConnector.OAUTH),
                open ? consentPage(company, portal) : "");
    }

    /** Where an administrator of the account lets the integration in. Simulators have their own. */
    private String consentPage(String company, Portal portal) {
        String host = Optional.ofNullable(portal.address().getHost()).orElse("");
        String base =
                host.endsWith(".amocrm.ru")
                        ? "https://www.amocrm.ru"
                        : host.matches(".*\\.(kommo|amocrm)\\.com")
                                ? "https://www.kommo.com"
                                : portal.address().toString();
        return URI.create(base)
                + "/oauth?client_id="
                + encoded(clientId(company, portal).orElse(""))
                + "&state="
                + encoded(companies.secret(company, portal.secretKey(Installer.STATE)).orElse(""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Optional<String> clientId(String company, Portal portal) {
        return companies.secret(company, portal.secretKey("clientId"));
    }

    @Override
    public State release(String company, Portal portal) {
        installer.release(company, portal, "an administrator of the hub did it");
        return state(company, portal);
    }

    @Override
    public String refreshTokens(String company, Portal portal) {
        AccountLinks.Link link = links.link(company, portal);
        AmocrmTokens tokens = link.tokens();
        if (tokens.longLived()) {
            link.ask(Lane.CARDS, Question.get("/api/v4/account")).value();
            return "the long-lived token is never renewed, and the account takes it; all settings"
                    + " stay";
        }
        tokens.renew(tokens.last());
        link.ask(Lane.CARDS, Question.get("/api/v4/account")).value();
        return "the tokens were renewed, and the account takes them; all settings stay";
    }

    @Override
    public Check check(String company, Portal portal) {
        return new AccountCheck(companies, links.link(company, portal), clock).run(company, portal);
    }

    private final class Health implements ConnectionWatch.Teller {

        @Override
        public boolean connected(String company, Portal portal) {
            return AccountBinding.connected(companies, company, portal);
        }

        @Override
        public void unconnected(String company, Portal portal) {
            links.link(company, portal)
                    .vitals()
                    .failed(Cures.unconnected(companies, company, portal));
        }

        @Override
        public void connectedAgain(String company, Portal portal) {
            links.link(company, portal).vitals().well();
        }
    }
}
