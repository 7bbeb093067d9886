package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateLimitsTest {
    @TempDir Path data;
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    private GateFixture fixture;
    private DefaultCamelContext context;

    @BeforeEach
    void serve() {
        fixture = new GateFixture(data);
        context =
                fixture.serve(
                        "/pbx",
                        new RouteBuilder() {
                            @Override
                            public void configure() {
                                rest("/pbx/webhook").post("/in").to("direct:size");
                                rest("/api/v1").post("/in").to("direct:size");
                                from("direct:size")
                                        .setBody(
                                                exchange ->
                                                        exchange.getIn()
                                                                .getBody(byte[].class)
                                                                .length);
                            }
                        });
        fixture.gate.attach(context, "/api");
        fixture.gate.ready("/api");
    }

    @AfterEach
    void close() {
        dripping.shutdownNow();
        context.stop();
        fixture.close();
    }

    @Test
    void bodyUpToTheLimitPasses() {
        assertThat(post("/pbx/webhook/in", 1_000).body()).isEqualTo("1000");
        assertThat(post("/api/v1/in", 4_000).body()).isEqualTo("4000");
    }

    @Test
    void oneByteMoreIs413() {
        HttpResponse<String> response = post("/pbx/webhook/in", 1_001);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(post("/api/v1/in", 4_001).statusCode()).isEqualTo(413);
    }

    @Test
    void chunkedBodyWithoutLengthIsCountedToo() {
        assertThat(postChunked("/pbx/webhook/in", 1_000).body()).isEqualTo("1000");
        assertThat(postChunked("/pbx/webhook/in", 1_001).statusCode()).isEqualTo(413);
    }

    @Test
    void drippingBodyIs408() throws IOException {
        try (Socket socket = fixture.socket()) {
            GateFixture.write(
                    socket,
                    "POST /pbx/webhook/in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
            drip(socket);

            assertThat(GateFixture.readAll(socket)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void drippingRequestHeadIsCutOff() throws IOException {
        try (Socket socket = fixture.socket()) {
            GateFixture.write(socket, "GET /health/live HTTP/1.1\r\nX: ");
            drip(socket);

            // Only the gate ends this: the drip alone would go on.
            assertThat(readUntilClosed(socket)).doesNotContain(" 200 ");
        }
    }

    @Test
    void slowButCompleteRequestHeadsOnOneConnectionAreFine() throws IOException {
        try (Socket socket = fixture.socket()) {
            for (int i = 0; i < 3; i++) {
                GateFixture.write(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
                byte[] answer = new byte[15];
                assertThat(socket.getInputStream().readNBytes(answer, 0, 15)).isEqualTo(15);
                assertThat(new String(answer)).isEqualTo("HTTP/1.1 200 OK");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> socket.getInputStream().available() > 0);
                skipRest(socket);
            }
        }
    }

    @Test
    void malformedRequestIsAProblemWithoutAPage() throws IOException {
        try (Socket socket = fixture.socket()) {
            GateFixture.write(socket, "GET /health/live\u0001 HTTP/1.1\r\n\r\n");

            String answer = GateFixture.readAll(socket);
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("<html", "Jetty");
        }
    }

    @Test
    void connectionBeyondTheLimitWaitsUntilAnotherCloses() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < GateFixture.SETTINGS.connections(); i++) {
                sockets.add(fixture.socket());
            }
            Socket oneMore = fixture.socket();
            sockets.add(oneMore);
            GateFixture.write(
                    oneMore, "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            oneMore.setSoTimeout(1_000);
            assertThatThrownBy(() -> GateFixture.readAll(oneMore))
                    .isInstanceOf(SocketTimeoutException.class);

            sockets.get(0).close();
            oneMore.setSoTimeout(4_000);
            assertThat(GateFixture.readAll(oneMore)).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private HttpResponse<String> post(String path, int bytes) {
        return fixture.send(fixture.asAdmin(path).POST(BodyPublishers.ofString("x".repeat(bytes))));
    }

    private HttpResponse<String> postChunked(String path, int bytes) {
        byte[] body = "x".repeat(bytes).getBytes();
        return fixture.send(
                fixture.asAdmin(path)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    /** One byte each 50 ms: never silent for long, never done. */
    private void drip(Socket socket) {
        dripping.scheduleAtFixedRate(
                () -> {
                    try {
                        GateFixture.write(socket, "x");
                    } catch (IOException closed) {
                        throw new IllegalStateException(
                                "the drip ends with the connection", closed);
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    private static void skipRest(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().contains("}")) {
            head.append((char) socket.getInputStream().read());
        }
    }

    /** A reset is one of the ways in which a connection is closed. */
    private static String readUntilClosed(Socket socket) throws IOException {
        try {
            return GateFixture.readAll(socket);
        } catch (SocketException reset) {
            return "";
        }
    }
}
