package org.trunkline.pbx.asterisk.internal;

import org.apache.camel.builder.RouteBuilder;

/** The way of one account's events: from the PBX, translated, into the journal. */
final class AsteriskRoute extends RouteBuilder {
    private final String account;

    AsteriskRoute(String account) {
        this.account = account;
    }

    static String id(String account) {
        return "asterisk-" + account;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler()); // the consumer tries again itself, in order
        from("asterisk:" + account).routeId(id(account)).to("journal:append");
    }
}
