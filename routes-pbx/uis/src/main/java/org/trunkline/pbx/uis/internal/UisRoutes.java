package org.trunkline.pbx.uis.internal;

import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.PbxKind;
import org.trunkline.runtime.WebhookRoutes;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** The way of a notification: admitted, translated, on disk, and only then answered with 200. */
public final class UisRoutes extends WebhookRoutes {

    private static final String ADDRESSEE = "uis.addressee";

    private final Calls calls;
    private final Heard heard;
    private final Clock clock;

    public UisRoutes(Companies companies, Calls calls, Heard heard, Clock clock) {
        super(companies, PbxKind.UIS);
        this.calls = calls;
        this.heard = heard;
        this.clock = clock;
    }

    @Override
    protected void routes() {
        rest("/pbx/uis").post("/{company}/{account}/{secret}").to("direct:uis-notification");

        from("direct:uis-notification")
                .routeId("uis-notification")
                .process(this::admit)
                .id("admit")
                .process(this::translate)
                .id("translate")
                .to("journal:append")
                .process(this::conclude)
                .id("conclude-transfers")
                .to("journal:append")
                .process(this::answer)
                .id("answer");
    }

    /** UIS signs nothing: the secret in the path is all there is. */
    private void admit(Exchange exchange) {
        Addressee to = addressee(exchange);
        String given = path(exchange, "secret");
        if (secret(to, "webhookSecret").filter(expected -> same(expected, given)).isEmpty()) {
            heard.refused(to, clock.instant());
            throw stranger();
        }
        exchange.setProperty(ADDRESSEE, to);
    }

    private void translate(Exchange exchange) {
        Addressee to = exchange.getProperty(ADDRESSEE, Addressee.class);
        try {
            Notification notification = Notification.read(body(exchange));
            exchange.getMessage()
                    .setBody(
                            new Translator(to.company(), to.account())
                                    .events(notification, clock.instant()));
        } catch (IllegalArgumentException unreadable) {
            throw malformed(unreadable.getMessage());
        }
    }

    /**
     * What no single notification says. Read back after the commit: of two that come at once, the
     * later reader sees both.
     */
    private void conclude(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<CallEvent> told = exchange.getMessage().getBody(List.class);
        CallEvent any = told.get(0);
        String call = Call.id(any.company(), any.account(), any.callKey());
        exchange.getMessage().setBody(Transfers.in(calls.events(any.company(), call)));
    }

    private void answer(Exchange exchange) {
        heard.taken(exchange.getProperty(ADDRESSEE, Addressee.class), clock.instant());
        taken(exchange);
    }
}
