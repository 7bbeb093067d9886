package org.trunkline.pbx.t2.internal;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The ways of one poll: the question to t2, and what follows from its answer into the journal.
 * Nothing is redelivered: the next poll asks anew, and tells anew what was not taken.
 */
final class T2Routes extends RouteBuilder {

    static final String ASK = "direct:t2-ask";
    static final String TELL = "direct:t2-tell";

    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    /** Between two bytes; {@link Bounds} limits the whole. */
    private static final Timeout SILENCE = Timeout.ofSeconds(20);

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from(ASK)
                .routeId("t2-ask")
                .to(
                        "https:t2?throwExceptionOnFailure=false&followRedirects=false"
                                + "&copyHeaders=false")
                .id("t2");

        from(TELL).routeId("t2-tell").to("journal:append").id("journal");
    }

    /** Camel's https component, which serves http too. */
    static HttpComponent http(ScheduledExecutorService timer) {
        HttpComponent http = new HttpComponent();
        http.setClientConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(32)
                        .setMaxConnTotal(128)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setSocketTimeout(SILENCE)
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
