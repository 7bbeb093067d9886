package org.trunkline.pbx.t2.internal;

import org.apache.camel.builder.RouteBuilder;

/**
 * What follows from a look at t2, into the journal. Nothing is redelivered: the next poll asks
 * anew, and tells anew what was not taken.
 */
final class T2Routes extends RouteBuilder {

    static final String TELL = "direct:t2-tell";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from(TELL).routeId("t2-tell").to("journal:append").id("journal");
    }
}
