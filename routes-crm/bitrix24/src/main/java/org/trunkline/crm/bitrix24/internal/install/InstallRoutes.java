package org.trunkline.crm.bitrix24.internal.install;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.CrmKind;
import org.trunkline.store.Companies;

/**
 * What a portal sends when our application is installed in it or removed from it (rules T1, T2).
 */
public final class InstallRoutes extends RouteBuilder {

    /** Path prefix of all that portals call. */
    public static final String PREFIX = "/crm/bitrix24";

    static final String INSTALL = "direct:bitrix24-install";

    private static final Logger LOG = LoggerFactory.getLogger(InstallRoutes.class);

    private final Companies companies;
    private final Installer installer;
    private final ProgressBook progress;
    private final Handlers handlers;

    InstallRoutes(
            Companies companies, Installer installer, ProgressBook progress, Handlers handlers) {
        this.companies = companies;
        this.installer = installer;
        this.progress = progress;
        this.handlers = handlers;
    }

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        rest(PREFIX + "/{company}/{portal}").post("/install").to(INSTALL);

        from(INSTALL).routeId("bitrix24-install").process(this::event);
    }

    private void event(Exchange exchange) {
        Addressee to = addressee(companies, exchange);
        Form form = form(exchange);
        String event = required(form, "event").toUpperCase(Locale.ROOT);
        switch (event) {
            case "ONAPPINSTALL" -> installed(to, form);
            case "ONAPPUNINSTALL" -> removed(to, form);
            default -> throw Rejected.malformed("event is neither ONAPPINSTALL nor ONAPPUNINSTALL");
        }
        PortalRequests.reply(exchange, 200, "text/plain", "");
    }

    private void installed(Addressee to, Form form) {
        Grant grant =
                new Grant(
                        required(form, "auth[access_token]"),
                        required(form, "auth[refresh_token]"),
                        required(form, "auth[member_id]"),
                        Optional.of(required(form, "auth[application_token]")),
                        form.text("auth[server_endpoint]"),
                        form.text("auth[client_endpoint]"));
        installer.install(to.company(), to.portal(), grant);
        handlers.bind(to.company(), to.portal());
    }

    private void removed(Addressee to, Form form) {
        String token = required(form, "auth[application_token]");
        if (!installer.isKnown(to.company(), to.portal(), token)) {
            throw Rejected.stranger();
        }
        if (isOld(to, form)) {
            LOG.warn(
                    "Portal {}/{} tells late of a removal before its latest installation; nothing"
                            + " was done",
                    to.company(),
                    to.portal().id());
        } else {
            installer.release(to.company(), to.portal(), "the portal removed the application");
        }
    }

    /** The vendor's queue may be slower than an administrator who installs anew. */
    private boolean isOld(Addressee to, Form form) {
        Optional<Instant> sent =
                form.text("ts")
                        .filter(ts -> ts.matches("[0-9]{1,12}"))
                        .map(ts -> Instant.ofEpochSecond(Long.parseLong(ts)));
        return sent.isPresent()
                && progress.of(to.company(), to.portal())
                        .connectedAt()
                        .filter(at -> sent.get().plusSeconds(1).isBefore(at))
                        .isPresent();
    }

    /**
     * The portal that the path names.
     *
     * @throws Rejected if there is none
     */
    public static Addressee addressee(Companies companies, Exchange exchange) {
        return PortalRequests.addressee(companies, exchange, CrmKind.BITRIX24);
    }

    /** The body as a form. */
    public static Form form(Exchange exchange) {
        String type =
                exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, Form.TYPE, String.class);
        if (!type.regionMatches(true, 0, Form.TYPE, 0, Form.TYPE.length())) {
            throw Rejected.malformed("send a form (" + Form.TYPE + ")");
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        try {
            return Form.read(body == null ? new byte[0] : body);
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed(e.getMessage());
        }
    }

    public static String required(Form form, String name) {
        try {
            return form.required(name);
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed(e.getMessage());
        }
    }
}
