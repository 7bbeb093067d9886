package org.trunkline.crm.bitrix24.internal;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The way of a request to a portal. Where it goes, its body and its {@link Bounds} come with the
 * exchange; a portal's errors are answers here, not exceptions, and nothing is redelivered: what to
 * repeat is decided by whoever knows the step.
 */
final class RestRoutes extends RouteBuilder {

    static final String REST = "direct:bitrix24-rest";
    static final String TOKEN = "direct:bitrix24-token";
    static final String UPLOAD = "direct:bitrix24-upload";

    private static final String TO_PORTAL =
            "https:portal?throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false";

    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    /** Between two bytes; {@link Bounds} limits the whole. */
    private static final Timeout SILENCE = Timeout.ofSeconds(70);

    private static final int CONNECTIONS_A_PORTAL = 64;

    private static final int CONNECTIONS = 512;

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

    /** Camel's https component, which serves http too, as these routes need it. */
    static HttpComponent http(ScheduledExecutorService timer) {
        HttpComponent http = new HttpComponent();
        http.setClientConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS_A_PORTAL)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setSocketTimeout(SILENCE)
                                        // A reply lost on a stale connection would be ambiguous.
                                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                        .setTimeToLive(TimeValue.ofMinutes(1))
                                        .build())
                        .build());
        http.setConnectionRequestTimeout(CONNECT.toMilliseconds());
        http.setResponseTimeout(SILENCE.toMilliseconds());
        http.setHttpClientConfigurer(
                builder ->
                        builder.disableAutomaticRetries()
                                .disableRedirectHandling()
                                .disableCookieManagement()
                                .disableAuthCaching()
                                .addExecInterceptorFirst("bounds", new Bounds(timer)));
        return http;
    }
}
