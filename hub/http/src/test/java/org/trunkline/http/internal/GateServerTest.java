package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration does to the server. */
class GateServerTest {
    private static final String STORE_PASSWORD = "keystore-password";

    @TempDir Path data;

    @Test
    void routesSurviveARestartOfTheServerOnAnotherPort() throws Exception {
        try (GateFixture fixture = new GateFixture(data)) {
            DefaultCamelContext context =
                    fixture.serve(
                            "/api",
                            new RouteBuilder() {
                                @Override
                                public void configure() {
                                    rest("/api/v1").get("/here").to("direct:here");
                                    from("direct:here").setBody(constant("still here"));
                                }
                            });
            int before = fixture.gate.port();
            int other = freePort();

            fixture.gate.modified(config("127.0.0.1", other, Optional.empty()));

            assertThat(fixture.gate.port()).isEqualTo(other).isNotEqualTo(before);
            assertThat(fixture.get("/api/v1/here").body()).isEqualTo("still here");
            context.stop();
        }
    }

    @Test
    void configurationThatCantBeUsedLeavesTheFormerInForce() throws Exception {
        try (GateFixture fixture = new GateFixture(data);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            fixture.gate.modified(config("127.0.0.1", taken.getLocalPort(), Optional.empty()));
            assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);

            fixture.gate.modified(config("127.0.0.1", 70_000, Optional.empty()));
            assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);

            fixture.gate.modified(config("127.0.0.1", 0, Optional.of("/no/such/keystore")));
            assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void wrongKeysAreNamedWithTheirFile() {
        assertThatThrownBy(() -> HttpSettings.of(config("127.0.0.1", 70_000, Optional.empty())))
                .hasMessageContaining("etc/org.trunkline.http.cfg")
                .hasMessageContaining("port = 70000")
                .hasMessageContaining("0 to 65535");
        HttpSettings noStore =
                HttpSettings.of(config("127.0.0.1", 0, Optional.of("/no/such/keystore")));
        assertThatThrownBy(() -> HttpServer.start(noStore, null))
                .hasMessageContaining("tls.keystore = /no/such/keystore");
    }

    @Test
    void expectedPrefixesAreAListWithCommas() {
        assertThat(HttpSettings.of(config("127.0.0.1", 0, Optional.empty())).expectedPrefixes())
                .isEqualTo(Set.of("/api", "/metrics"));
    }

    @Test
    void httpsIsServedWhenAKeystoreIsGiven() throws Exception {
        Path keystore = selfSigned();
        int tlsPort = freePort();
        HttpSettings settings =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Optional.of(
                                new HttpSettings.Tls(tlsPort, keystore.toString(), STORE_PASSWORD)),
                        1_000,
                        1_000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        50,
                        20,
                        Set.of());

        try (GateFixture fixture = new GateFixture(data, settings)) {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://localhost:"
                                                            + tlsPort
                                                            + "/health/live"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);
        }
    }

    private Path selfSigned() throws Exception {
        Path keystore = data.resolve("server.p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "server",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "san=dns:localhost,ip:127.0.0.1",
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        STORE_PASSWORD,
                                        "-keystore",
                                        keystore.toString()))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        return keystore;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static HttpConfig config(String host, int port, Optional<String> keystore) {
        return new HttpConfig() {
            @Override
            public String host() {
                return host;
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public int tls_port() {
                return 0;
            }

            @Override
            public String tls_keystore() {
                return keystore.orElse("");
            }

            @Override
            public String tls_keystore_password() {
                return STORE_PASSWORD;
            }

            @Override
            public int body_limit_pbx() {
                return 1_000;
            }

            @Override
            public int body_limit() {
                return 1_000;
            }

            @Override
            public long body_timeout() {
                return 5_000;
            }

            @Override
            public long header_timeout() {
                return 5_000;
            }

            @Override
            public long idle_timeout() {
                return 5_000;
            }

            @Override
            public int connections() {
                return 50;
            }

            @Override
            public int threads() {
                return 20;
            }

            @Override
            public String[] expected_prefixes() {
                return new String[] {"/api, /metrics"};
            }

            @Override
            public Class<HttpConfig> annotationType() {
                return HttpConfig.class;
            }
        };
    }
}
