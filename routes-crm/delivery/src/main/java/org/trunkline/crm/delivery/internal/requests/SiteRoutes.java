package org.trunkline.crm.delivery.internal.requests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;

/**
 * {@code POST /crm/requests/{company}/{portal}/{secret}}: what a client sent from the company's
 * site (rule I6). The secret in the path is all that proves it: sites' forms sign nothing.
 */
final class SiteRoutes extends RouteBuilder {

    static final String PREFIX = "/crm/requests";

    /** In the document, {@code /portals/N/auth}. */
    private static final String SECRET = "requestSecret";

    private static final String TAKE = "direct:site-request";
    private static final Duration STANDING_BY = Duration.ofSeconds(Leases.SECONDS_TO_TAKE_OVER);
    private static final int MOST_BYTES = 262_144;

    private final Companies companies;
    private final Leases leases;
    private final SiteIntake intake;

    SiteRoutes(Companies companies, Leases leases, SiteIntake intake) {
        this.companies = companies;
        this.leases = leases;
        this.intake = intake;
    }

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        rest(PREFIX + "/{company}/{portal}").post("/{secret}").to(TAKE);

        from(TAKE).routeId("site-request").process(this::take);
    }

    private void take(Exchange exchange) {
        Addressee to = PortalRequests.addressee(companies, exchange);
        Optional<String> secret = companies.secret(to.company(), to.portal().secretKey(SECRET));
        Optional<String> given = PortalRequests.text(exchange, "secret");
        if (secret.isEmpty() || given.isEmpty() || !same(secret.get(), given.get())) {
            throw Rejected.stranger();
        }
        if (leases.standing(to.company()) == Leases.Standing.STANDBY) {
            // Only the hub that serves the company hears its PBX, and may command it.
            throw new Fault.Retryable(
                    "a request of " + to.company() + " came to a hub that only stands by",
                    STANDING_BY);
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body != null && body.length > MOST_BYTES) {
            throw Rejected.tooLarge();
        }
        String type = PortalRequests.text(exchange, Exchange.CONTENT_TYPE).orElse("");
        Company company = companies.find(to.company()).orElseThrow(Rejected::unknown);
        String call =
                intake.take(
                        company,
                        to.portal(),
                        RequestBody.read(type, body == null ? new byte[0] : body));
        PortalRequests.reply(exchange, 202, "application/json", Json.write(Map.of("call", call)));
    }

    /** In a time that tells nothing of where they begin to differ. */
    private static boolean same(String stored, String given) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
