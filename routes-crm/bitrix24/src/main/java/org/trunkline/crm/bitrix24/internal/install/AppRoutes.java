package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.crm.bitrix24.internal.install.Visits.Visit;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PortalConnection.Check;
import org.trunkline.model.PortalConnection.CheckItem;
import org.trunkline.store.Companies;

/**
 * Our page inside the portal, and its buttons (rules T1, T3). The portal itself is asked who the
 * visitor is; what he sends is believed only then.
 */
final class AppRoutes extends RouteBuilder {

    private static final String HTML = "text/html; charset=utf-8";
    private static final int NONCE_BYTES = 16;

    private final Companies companies;
    private final Portals portals;
    private final Installer installer;
    private final ProgressBook progress;
    private final Handlers handlers;
    private final Visits visits;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AppRoutes(
            Companies companies,
            Portals portals,
            Installer installer,
            ProgressBook progress,
            Handlers handlers,
            Clock clock) {
        this.companies = companies;
        this.portals = portals;
        this.installer = installer;
        this.progress = progress;
        this.handlers = handlers;
        this.clock = clock;
        this.visits = new Visits(clock);
    }

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        rest(InstallRoutes.PREFIX + "/{company}/{portal}/app")
                .post()
                .to("direct:bitrix24-app")
                .post("/check")
                .to("direct:bitrix24-app-check")
                .post("/refresh-tokens")
                .to("direct:bitrix24-app-refresh-tokens");

        from("direct:bitrix24-app").routeId("bitrix24-app").process(this::open);

        from("direct:bitrix24-app-check")
                .routeId("bitrix24-app-check")
                .process(exchange -> press(exchange, this::check));

        from("direct:bitrix24-app-refresh-tokens")
                .routeId("bitrix24-app-refresh-tokens")
                .process(exchange -> press(exchange, this::refresh));
    }

    /**
     * Who opened the page, as the portal says.
     *
     * @param installed whether the portal counts the installation as complete
     */
    private record Visitor(boolean admin, boolean installed) {}

    private void open(Exchange exchange) {
        Addressee to = InstallRoutes.addressee(companies, exchange);
        Form form = InstallRoutes.form(exchange);
        Words words = Words.of(PortalRequests.text(exchange, "LANG"));
        Grant grant =
                new Grant(
                        InstallRoutes.required(form, "AUTH_ID"),
                        InstallRoutes.required(form, "REFRESH_ID"),
                        InstallRoutes.required(form, "member_id"),
                        form.text("APPLICATION_TOKEN"),
                        form.text("SERVER_ENDPOINT"),
                        Optional.empty());
        String nonce = random(NONCE_BYTES);
        AppPage page = new AppPage(words);
        try {
            Visitor visitor = visitor(to, grant);
            String html = html(to, grant, visitor, page, nonce);
            page(exchange, to, nonce, 200, html);
        } catch (Fault.Auth unknown) {
            page(exchange, to, nonce, 401, page.unconnected("", "stranger", nonce));
        } catch (Fault notNow) {
            page(exchange, to, nonce, 503, page.unconnected("", "away", nonce));
        }
    }

    private Visitor visitor(Addressee to, Grant grant) {
        PortalAccess access = portals.at(to.company(), to.portal());
        JsonNode profile = access.ask(grant.accessToken(), "profile");
        JsonNode info = access.ask(grant.accessToken(), "app.info");
        return new Visitor(
                profile.path("ADMIN").asBoolean(), info.path("INSTALLED").asBoolean(true));
    }

    private String html(Addressee to, Grant grant, Visitor visitor, AppPage page, String nonce) {
        String company = companies.find(to.company()).map(Company::name).orElse(to.company());
        boolean bound = installer.isBound(to.company(), to.portal(), grant.memberId());
        boolean open = progress.of(to.company(), to.portal()).isOpen(clock.instant());
        if (!visitor.admin()) {
            return bound ? page.watched(company, nonce) : page.unconnected(company, "admin", nonce);
        }
        if (!bound && !open) {
            installer.knocked(to.company(), to.portal());
            return page.unconnected(company, "unbound", nonce);
        }
        if (open) {
            try {
                installer.install(to.company(), to.portal(), grant);
                handlers.bind(to.company(), to.portal());
            } catch (Rejected elsewhere) {
                return page.unconnected(company, "elsewhere", nonce);
            }
        }
        Visit visit = new Visit(to.company(), to.portal().id(), grant);
        // Relative to the page: a proxy before the hub may serve it below a path of its own.
        return page.connected(
                company,
                open ? "installedText" : "boundText",
                open || !visitor.installed(),
                nonce,
                new AppPage.Panel(
                        "app",
                        visits.issue(visit),
                        "../../../../api/v1/companies/" + to.company()));
    }

    /**
     * What a button led to.
     *
     * @param token for the next press
     */
    private record Pressed(
            boolean ok, String words, String cure, List<CheckItem> items, String token) {}

    /** What a button does. */
    private interface Deed {
        Check done(Addressee to, Visit visit, Words words);
    }

    private void press(Exchange exchange, Deed deed) {
        Addressee to = InstallRoutes.addressee(companies, exchange);
        Form form = InstallRoutes.form(exchange);
        Visit visit =
                visits.redeem(InstallRoutes.required(form, "token"), to.company(), to.portal().id())
                        .orElseThrow(Rejected::stranger);
        Check report = deed.done(to, visit, Words.of(form.text("lang")));
        Pressed pressed =
                new Pressed(
                        report.ok(),
                        report.words(),
                        report.cure(),
                        report.items(),
                        visits.issue(visit));
        PortalRequests.reply(exchange, 200, "application/json", Json.write(pressed));
    }

    private Check check(Addressee to, Visit visit, Words words) {
        return new PortalCheck(
                        portals.at(to.company(), to.portal()),
                        handlers.reach(to.company(), to.portal()),
                        to.portal(),
                        words)
                .run();
    }

    /** Dead tokens give way to those that the portal gave with the visitor. */
    private Check refresh(Addressee to, Visit visit, Words words) {
        PortalAccess access = portals.at(to.company(), to.portal());
        try {
            access.renew();
            access.call("app.info", Map.of());
            return new Check(true, words.get("renewed"), "", List.of());
        } catch (Fault.Auth dead) {
            return regrant(to, visit, words);
        } catch (Fault fault) {
            return refused(fault, words);
        }
    }

    private Check regrant(Addressee to, Visit visit, Words words) {
        try {
            installer.regrant(to.company(), to.portal(), visit.grant());
            return new Check(true, words.get("regranted"), "", List.of());
        } catch (Rejected no) {
            return new Check(false, words.get("failed"), "", List.of());
        } catch (Fault fault) {
            return refused(fault, words);
        }
    }

    private static Check refused(Fault fault, Words words) {
        return new Check(
                false, words.get("notRenewed", fault.getMessage()), fault.cure(), List.of());
    }

    /** No script but our own and the vendor's, and no frame but the portal's. */
    private void page(Exchange exchange, Addressee to, String nonce, int status, String html) {
        PortalRequests.reply(exchange, status, HTML, html);
        URI portal = to.portal().address();
        URI now = portals.at(to.company(), to.portal()).endpoint();
        String frames =
                origin(portal) + (origin(now).equals(origin(portal)) ? "" : " " + origin(now));
        Message message = exchange.getMessage();
        message.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'nonce-"
                        + nonce
                        + "'; style-src 'nonce-"
                        + nonce
                        + "'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors "
                        + frames);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Referrer-Policy", "no-referrer");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    private String random(int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
    }
}
