package org.trunkline.crm.bitrix24.internal;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.runtime.HttpOut;

/**
 * The way of a request to a portal. Where it goes, its body and its bounds ({@link HttpOut}) come
 * with the exchange; a portal's errors are answers here, not exceptions, and nothing is
 * redelivered: what to repeat is decided by whoever knows the step.
 */
final class RestRoutes extends RouteBuilder {

    static final String REST = "direct:bitrix24-rest";
    static final String TOKEN = "direct:bitrix24-token";
    static final String UPLOAD = "direct:bitrix24-upload";

    private static final String TO_PORTAL =
            "https:portal?throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false";

    /** Between two bytes; a request states what limits the whole. */
    static final Duration SILENCE = Duration.ofSeconds(70);

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from(REST)
                .routeId("bitrix24-rest")
                .setHeader(HTTP_METHOD, constant("POST"))
                .setHeader(CONTENT_TYPE, constant("application/json"))
                .to(TO_PORTAL)
                .id("portal");

        from(TOKEN)
                .routeId("bitrix24-token")
                .setHeader(HTTP_METHOD, constant("GET"))
                .to(TO_PORTAL)
                .id("authorization-server");

        from(UPLOAD)
                .routeId("bitrix24-upload")
                .setHeader(HTTP_METHOD, constant("POST"))
                .to(TO_PORTAL)
                .id("portal-upload");
    }
}
