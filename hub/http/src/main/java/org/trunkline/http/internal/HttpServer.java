package org.trunkline.http.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with the hub's limits: what stands between the socket and the gate. */
final class HttpServer {
    private static final int HEAD_LIMIT = 8_192;
    private static final long GRACE_MILLIS = 8_000;

    /** Kept-alive connections without a request hold a stop up for no longer. */
    private static final long SHUTDOWN_IDLE_MILLIS = 100;

    private final Server jetty;
    private final ServerConnector plain;

    private HttpServer(Server jetty, ServerConnector plain) {
        this.jetty = jetty;
        this.plain = plain;
    }

    /**
     * @throws IllegalStateException when a port is taken or the keystore can't be used; the message
     *     says which
     */
    static HttpServer start(HttpSettings settings, Handler gate) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), 4);
        threads.setName("http");
        Server jetty = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEAD_LIMIT);

        HeaderTimeout headerTimeout = new HeaderTimeout(settings.headerTimeout(), gate);
        jetty.setHandler(new GracefulHandler(headerTimeout));
        jetty.setErrorHandler(new ProblemErrorHandler());
        jetty.setStopTimeout(GRACE_MILLIS);
        jetty.addBean(new NetworkConnectionLimit(settings.connections(), jetty));

        ServerConnector plain = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        add(jetty, plain, headerTimeout, settings, settings.port());
        settings.tls()
                .ifPresent(
                        tls ->
                                add(
                                        jetty,
                                        secure(jetty, http, tls),
                                        headerTimeout,
                                        settings,
                                        tls.port()));
        try {
            jetty.start();
        } catch (Exception e) {
            HttpServer failed = new HttpServer(jetty, plain);
            failed.stop();
            throw new IllegalStateException(
                    "The HTTP server can't start on %s:%d%s: %s"
                            .formatted(
                                    settings.host(),
                                    settings.port(),
                                    settings.tls().map(tls -> ", " + tls).orElse(""),
                                    e.getMessage()),
                    e);
        }
        return new HttpServer(jetty, plain);
    }

    /** The port it listens on, which the system chose if the settings said 0. */
    int port() {
        return plain.getLocalPort();
    }

    /** Ends after the requests in hand, at most 8 s. */
    void stop() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not stop cleanly", e);
        } finally {
            jetty.destroy();
        }
    }

    private static void add(
            Server jetty,
            ServerConnector connector,
            HeaderTimeout headerTimeout,
            HttpSettings settings,
            int port) {
        connector.setHost(settings.host());
        connector.setPort(port);
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        connector.addBean(headerTimeout, false);
        jetty.addConnector(connector);
    }

    private static ServerConnector secure(
            Server jetty, HttpConfiguration http, HttpSettings.Tls tls) {
        if (!Files.isReadable(Path.of(tls.keystore()))) {
            throw new IllegalStateException(
                    "etc/org.trunkline.http.cfg: tls.keystore = "
                            + tls.keystore()
                            + " can't be read; give a PKCS12 file, or leave the key empty for no HTTPS");
        }
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStoreType("PKCS12");
        ssl.setKeyStorePath(tls.keystore());
        ssl.setKeyStorePassword(tls.password());
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        HttpConfiguration https = new HttpConfiguration(http);
        // Without the check of the certificate's name: behind a proxy or by address the names
        // differ.
        https.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                jetty,
                1,
                1,
                new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(https));
    }
}
