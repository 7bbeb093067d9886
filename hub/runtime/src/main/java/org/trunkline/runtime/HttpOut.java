package org.trunkline.runtime;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.trunkline.runtime.internal.HttpBounds;

/**
 * Camel's https component, which serves http too, as the hub asks the APIs of PBXs and CRMs: each
 * request bounded in time and each reply in size, no redirect followed, no cookie kept and nothing
 * repeated behind a route's back.
 */
public final class HttpOut {

    /** Header by which a route bounds the whole exchange; it does not leave the hub. */
    public static final String MILLIS = "Trunkline-Deadline-Millis";

    /** Likewise for the reply's size. */
    public static final String REPLY_BYTES = "Trunkline-Reply-Bytes";

    /** Header that names the file which a successful reply's body goes to, instead of memory. */
    public static final String REPLY_FILE = "Trunkline-Reply-File";

    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    private static final int CONNECTIONS_A_HOST = 64;

    private static final int CONNECTIONS = 512;

    private HttpOut() {}

    /**
     * A component of the caller's own, to be named {@code https}; each request needs the two
     * bounds.
     *
     * @param timer ends what takes too long; outlives the component
     * @param silence longest time between two bytes
     */
    public static HttpComponent component(ScheduledExecutorService timer, Duration silence) {
        return component(timer, silence, PoolingHttpClientConnectionManagerBuilder.create());
    }

    /**
     * Likewise, for servers whose certificates others vouch for.
     *
     * @param trust decides whose certificates are believed; the name is checked in any case
     */
    public static HttpComponent component(
            ScheduledExecutorService timer, Duration silence, X509TrustManager trust) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trust}, null);
            return component(
                    timer,
                    silence,
                    PoolingHttpClientConnectionManagerBuilder.create()
                            .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static HttpComponent component(
            ScheduledExecutorService timer,
            Duration silence,
            PoolingHttpClientConnectionManagerBuilder connections) {
        HttpComponent http = new HttpComponent();
        Timeout quiet = Timeout.of(silence);
        http.setClientConnectionManager(
                connections
                        .setMaxConnPerRoute(CONNECTIONS_A_HOST)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setSocketTimeout(quiet)
                                        // A reply lost on a stale connection would be ambiguous.
                                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                        .setTimeToLive(TimeValue.ofMinutes(1))
                                        .build())
                        .build());
        http.setConnectionRequestTimeout(CONNECT.toMilliseconds());
        http.setResponseTimeout(quiet.toMilliseconds());
        http.setHttpClientConfigurer(
                builder ->
                        builder.disableAutomaticRetries()
                                .disableRedirectHandling()
                                .disableCookieManagement()
                                .disableAuthCaching()
                                .addExecInterceptorFirst("bounds", new HttpBounds(timer)));
        return http;
    }
}
