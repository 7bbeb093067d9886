package org.trunkline.crm.amocrm.internal.install;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.amocrm.internal.directory.EntityChanges;
import org.trunkline.crm.connector.install.Admission;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.store.Companies;

/** What an account sends: consents, that it was disconnected, what was changed (T1, T2, X7). */
final class AccountRoutes extends RouteBuilder {

    private static final String ACCOUNT =
            "platform-http:" + AmocrmHttp.PREFIX + "/{company}/{portal}";

    private final Companies companies;
    private final Installer installer;
    private final EntityChanges changes;

    AccountRoutes(Companies companies, Installer installer, EntityChanges changes) {
        this.companies = companies;
        this.installer = installer;
        this.changes = changes;
    }

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        from(ACCOUNT + "/oauth?httpMethodRestrict=GET")
                .routeId("amocrm-consent")
                .process(this::consent);

        from(ACCOUNT + "/disconnect?httpMethodRestrict=GET")
                .routeId("amocrm-disconnected")
                .process(this::disconnected);

        from(ACCOUNT + "/events/{secret}?httpMethodRestrict=POST")
                .routeId("amocrm-changes")
                .process(this::changed);
    }

    private Addressee addressee(Exchange exchange) {
        return PortalRequests.addressee(companies, exchange, CrmKind.AMOCRM);
    }

    private void consent(Exchange exchange) {
        Addressee to = addressee(exchange);
        Optional<String> languages = PortalRequests.text(exchange, "Accept-Language");
        Consent consent =
                new Consent(
                        PortalRequests.text(exchange, "state").orElse(""),
                        PortalRequests.text(exchange, "code"),
                        PortalRequests.text(exchange, "referer"),
                        PortalRequests.text(exchange, "client_id"));
        Result result;
        try {
            result = installer.install(to.company(), to.portal(), consent);
        } catch (Fault.Retryable later) {
            log.warn("A consent can't be taken now: {}", later.getMessage());
            result = Result.AWAY;
        }
        PortalRequests.reply(
                exchange, result.status(), "text/html; charset=utf-8", result.page(languages));
        Message page = exchange.getMessage();
        page.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        page.setHeader("X-Content-Type-Options", "nosniff");
        page.setHeader("Referrer-Policy", "no-referrer");
    }

    /** The vendor's signature names the integration and the account. */
    private void disconnected(Exchange exchange) {
        Addressee to = addressee(exchange);
        String account = PortalRequests.text(exchange, "account_id").orElse("");
        String client = PortalRequests.text(exchange, "client_uuid").orElse("");
        String signature = PortalRequests.text(exchange, "signature").orElse("");
        boolean signed =
                secret(to, "clientSecret")
                        .filter(key -> Admission.same(signature(client, account, key), signature))
                        .isPresent();
        boolean ours =
                secret(to, "clientId").filter(client::equals).isPresent()
                        && secret(to, AmocrmTokens.ACCOUNT_ID)
                                .filter(id -> !id.equals(account))
                                .isEmpty();
        if (!signed || !ours) {
            throw Rejected.stranger();
        }
        installer.release(to.company(), to.portal(), "the account switched the integration off");
        PortalRequests.reply(exchange, 200, "text/plain", "");
    }

    private static String signature(String client, String account, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] text = (client + "|" + account).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text)).toLowerCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Answered at once: the vendor waits for two seconds, and what changed is read afterwards. */
    private void changed(Exchange exchange) {
        Addressee to = addressee(exchange);
        String given = PortalRequests.text(exchange, "secret").orElse("");
        if (secret(to, Changes.SECRET).filter(own -> Admission.same(own, given)).isEmpty()) {
            throw Rejected.stranger();
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        Changes.read(body == null ? new byte[0] : body)
                .forEach(one -> changes.changed(to.company(), to.portal(), one.kind(), one.id()));
        PortalRequests.reply(exchange, 200, "text/plain", "");
    }

    private Optional<String> secret(Addressee to, String name) {
        return companies.secret(to.company(), to.portal().secretKey(name));
    }
}
