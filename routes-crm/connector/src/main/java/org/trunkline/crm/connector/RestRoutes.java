package org.trunkline.crm.connector;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.runtime.HttpOut;

/**
 * The way of a request to a portal. What it is, where it goes and its bounds ({@link HttpOut}) come
 * with the exchange; a portal's errors are answers here, not exceptions, and nothing is
 * redelivered: what to repeat is decided by whoever knows the step.
 */
public final class RestRoutes extends RouteBuilder {

    static final String PORTAL = "direct:portal";

    /** Between two bytes; a request states what limits the whole. */
    public static final Duration SILENCE = Duration.ofSeconds(70);

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(PORTAL)
                .routeId("portal")
                .to(
                        "https:portal?throwExceptionOnFailure=false&followRedirects=false"
                                + "&copyHeaders=false")
                .id("portal");
    }
}
