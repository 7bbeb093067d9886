package org.trunkline.crm.bitrix24.internal.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.crm.bitrix24.internal.install.Form;
import org.trunkline.crm.bitrix24.internal.install.InstallRoutes;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * {@code POST /crm/bitrix24/{company}/{portal}/event}. Of the body nothing is required but {@code
 * event}, {@code auth[member_id]} and {@code auth[application_token]}, which is the only proof of
 * who sends it: the vendor changes the rest overnight (docs issue 55).
 */
final class EventRoutes extends RouteBuilder {

    private static final String EVENT = "direct:bitrix24-event";

    /** Takes an event; it is durable when this returns. */
    interface Taker {
        void take(String company, Portal portal, PortalEvent event);
    }

    private final Companies companies;
    private final Taker taker;

    EventRoutes(Companies companies, Taker taker) {
        this.companies = companies;
        this.taker = taker;
    }

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        rest(InstallRoutes.PREFIX + "/{company}/{portal}").post("/event").to(EVENT);

        from(EVENT).routeId("bitrix24-event").process(this::event);
    }

    private void event(Exchange exchange) {
        Addressee to = InstallRoutes.addressee(companies, exchange);
        Form form = InstallRoutes.form(exchange);
        String member = InstallRoutes.required(form, "auth[member_id]");
        String token = InstallRoutes.required(form, "auth[application_token]");
        boolean known = same(to, "applicationToken", token) & same(to, "memberId", member);
        if (!known) {
            throw Rejected.stranger();
        }
        String name = InstallRoutes.required(form, "event");
        taker.take(to.company(), to.portal(), PortalEvent.ofForm(name, form.fields()));
        PortalRequests.reply(exchange, 200, "text/plain", "");
    }

    /** In a time that tells nothing of where they begin to differ. */
    private boolean same(Addressee to, String name, String given) {
        Optional<String> stored = companies.secret(to.company(), to.portal().secretKey(name));
        return stored.isPresent()
                && MessageDigest.isEqual(
                        stored.get().getBytes(StandardCharsets.UTF_8),
                        given.getBytes(StandardCharsets.UTF_8));
    }
}
