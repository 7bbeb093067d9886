package org.trunkline.pbx.mango.internal;

import java.time.Clock;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.mango.internal.translate.Translator;
import org.trunkline.runtime.WebhookRoutes;
import org.trunkline.store.Companies;

/**
 * What Mango sends: each message is signed, becomes neutral events, and is answered once those are
 * in the journal. Mango adds {@code /events/...} and {@code /result/...} to the one address that it
 * was given.
 */
public final class MangoRoutes extends WebhookRoutes {

    /** Path prefix of all of them. */
    public static final String PREFIX = "/pbx/mango";

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Sent by the cabinet's button "check the connection"; nothing is known of its signature. */
    private static final String PING = "ping";

    private static final String ADDRESSEE = "addressee";
    private static final String JSON = "signedJson";

    private final Senders senders;
    private final Clock clock;

    public MangoRoutes(Companies companies, Senders senders, Clock clock) {
        super(companies, PbxKind.MANGO);
        this.senders = senders;
        this.clock = clock;
    }

    @Override
    protected void routes() {
        rest(PREFIX + "/{company}/{account}")
                .post("/events/{event}")
                .to("direct:mango-event")
                .post("/events/{event}/{detail}")
                .to("direct:mango-event")
                .post("/result/{command}")
                .to("direct:mango-result")
                .post("/result/{command}/{detail}")
                .to("direct:mango-result");

        from("direct:mango-event")
                .routeId("mango-event")
                .process(this::findAccount)
                .choice()
                .when(exchange -> kind(exchange).equals(PING))
                .process(WebhookRoutes::taken)
                .otherwise()
                .process(this::checkSignature)
                .process(this::translate)
                .to("journal:append")
                .process(WebhookRoutes::taken);

        // Outcomes of commands: the hub gives none yet, but a command of the cabinet has one too.
        from("direct:mango-result")
                .routeId("mango-result")
                .process(this::findAccount)
                .process(this::checkSignature)
                .process(WebhookRoutes::taken);
    }

    private void findAccount(Exchange exchange) {
        exchange.setProperty(ADDRESSEE, addressee(exchange));
    }

    private static Addressee found(Exchange exchange) {
        return exchange.getProperty(ADDRESSEE, Addressee.class);
    }

    private void checkSignature(Exchange exchange) {
        Addressee to = found(exchange);
        SignedForm form = form(exchange);
        String key = secret(to, "apiKey").orElseThrow(WebhookRoutes::stranger);
        String salt = secret(to, "apiSalt").orElseThrow(WebhookRoutes::stranger);
        boolean known = same(key, form.apiKey().orElse(""));
        boolean signed =
                same(
                        SignedForm.signature(key, form.json().orElse(""), salt),
                        form.sign().orElse("").toLowerCase(Locale.ROOT));
        if (!known || !signed) {
            if (known) {
                senders.wronglySigned(to.company(), to.account());
            }
            throw stranger();
        }
        senders.heard(to.company(), to.account());
        exchange.setProperty(JSON, form.json().orElseThrow());
    }

    private static SignedForm form(Exchange exchange) {
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, FORM, String.class);
        if (!type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            throw malformed("send a form (" + FORM + ")");
        }
        try {
            SignedForm form = SignedForm.read(body(exchange));
            if (form.json().isEmpty()) {
                throw malformed("the form has no field json");
            }
            return form;
        } catch (IllegalArgumentException e) {
            throw malformed(e.getMessage());
        }
    }

    private void translate(Exchange exchange) {
        Addressee to = found(exchange);
        try {
            exchange.getMessage()
                    .setBody(
                            Translator.translate(
                                    to.company(),
                                    to.account(),
                                    kind(exchange),
                                    exchange.getProperty(JSON, String.class),
                                    clock.instant()));
        } catch (IllegalArgumentException e) {
            throw malformed(e.getMessage());
        }
    }

    private static String kind(Exchange exchange) {
        String detail = path(exchange, "detail");
        return path(exchange, "event") + (detail.isEmpty() ? "" : "/" + detail);
    }
}
