package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.Authorities;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.RestRoutes;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.RoutesContext;

/** The way of a request against servers that misbehave below HTTP. */
@Timeout(60)
class RestTest {

    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private RoutesContext routes;
    private Rest rest;
    private final Authorities authorities = new Authorities();
    private ServerSocket server;

    private interface Behaviour {
        void answer(OutputStream out) throws Exception;
    }

    @BeforeEach
    void open() throws IOException {
        routes =
                RoutesContext.standalone("rest")
                        .with("https", HttpOut.component(timer, RestRoutes.SILENCE, authorities))
                        .start(new RestRoutes());
        rest =
                new Rest(
                        routes.camel().createProducerTemplate(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        end.countDown();
        server.close();
        routes.close();
        timer.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void aWholeReplyArrives() {
        serve(out -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"result\":{}}"));

        Reply reply = rest.call(address("http", "/rest/x"), JSON);

        assertThat(reply).isInstanceOf(Reply.Arrived.class);
        assertThat(((Reply.Arrived) reply).json().has("result")).isTrue();
        assertThat(heard.get(0)).startsWith("POST /rest/x HTTP/1.1").contains("application/json");
        assertThat(heard.get(0)).doesNotContainIgnoringCase("trunkline-").doesNotContain("Camel");
    }

    @Test
    void aReplyThatDripsIsCutAtTheDeadline() {
        serve(
                out -> {
                    send(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    drip(out);
                });

        assertLost("within 1 s");
    }

    @Test
    void headersThatDripAreCutAtTheDeadline() {
        serve(this::drip);

        assertLost("within 1 s");
    }

    @Test
    void silenceIsCutAtTheDeadline() {
        serve(out -> end.await());

        assertLost("within 1 s");
    }

    @Test
    void anEndlessBodyIsCutAtItsSize() {
        serve(
                out -> {
                    send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
                    while (end.getCount() > 0) {
                        send(out, chunk);
                    }
                });

        assertLost("longer than 1048576 bytes");
    }

    @Test
    void aRedirectIsNotFollowedButTold() {
        serve(
                out ->
                        send(
                                out,
                                "HTTP/1.1 302 Found\r\nLocation: https://new/rest/x\r\n"
                                        + "Content-Length: 0\r\n\r\n"));

        Reply reply = rest.call(address("http", "/rest/x"), JSON);

        assertThat(((Reply.Arrived) reply).location()).contains("https://new/rest/x");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aRefusedConnectionSurelyDidNothing() throws IOException {
        server.close();

        Reply reply = rest.call(address("http", "/rest/x"), JSON);

        assertThat(reply).isInstanceOf(Reply.Unreached.class);
        assertThat(((Reply.Unreached) reply).cure()).contains("portal is up");
    }

    @Test
    void aServerWithoutTlsIsNamedAndNotSpokenToInTheClear() {
        serve(out -> send(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));

        Reply reply = rest.call(address("https", "/rest/x"), "{\"auth\":\"token\"}".getBytes());

        assertThat(reply).isNotInstanceOf(Reply.Arrived.class);
        assertThat(String.join("", heard)).doesNotContain("token");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNamedWithItsCure(@TempDir Path folder) throws Exception {
        Path keys = keys(folder);
        HttpsServer portal = selfSigned(keys);
        try {
            Reply reply =
                    rest.call(
                            URI.create("https://127.0.0.1:" + portal.getAddress().getPort() + "/x"),
                            JSON);

            assertThat(reply).isInstanceOf(Reply.Unreached.class);
            assertThat(((Reply.Unreached) reply).reason()).contains("is not trusted");
            assertThat(((Reply.Unreached) reply).cure()).contains("tls.authorities");
        } finally {
            portal.stop(0);
        }
    }

    @Test
    void T5_aBoxIsBelievedOnceItsAuthorityIsGiven(@TempDir Path folder) throws Exception {
        Path keys = keys(folder);
        Path pem = folder.resolve("box.pem");
        keytool("-exportcert", "-rfc", "-file", pem.toString(), "-keystore", keys.toString());
        HttpsServer portal = selfSigned(keys);
        portal.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
        URI address = URI.create("https://127.0.0.1:" + portal.getAddress().getPort() + "/x");
        try {
            assertThat(rest.call(address, JSON)).isInstanceOf(Reply.Unreached.class);
            assertThatThrownBy(() -> authorities.read(folder.resolve("no.pem").toString()))
                    .hasMessageContaining("tls.authorities")
                    .hasMessageContaining("no.pem");
            authorities.read(pem.toString());
            assertThat(rest.call(address, JSON)).isInstanceOf(Reply.Arrived.class);
        } finally {
            portal.stop(0);
        }
    }

    private static Path keys(Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                keys.toString());
        return keys;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static HttpsServer selfSigned(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        return server;
    }

    @Test
    void aQueryIsNeverPartOfAReason() {
        serve(out -> {});

        Reply reply = rest.token(address("http", "/oauth/token/?refresh_token=secret"));

        assertThat(heard.get(0)).startsWith("GET /oauth/token/?refresh_token=secret HTTP/1.1");
        assertThat(reply.toString()).contains("Lost").doesNotContain("secret");
    }

    @Test
    void aFileIsUploadedAsAForm(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wav"), "RIFFsound");
        serve(out -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));

        rest.upload(address("http", "/upload?token=a%2Bb"), "file", file, "b.wav");

        assertThat(heard.get(0))
                .startsWith("POST /upload?token=a%2Bb HTTP/1.1")
                .contains("multipart/form-data")
                .contains("name=\"file\"; filename=\"b.wav\"")
                .contains("RIFFsound");
    }

    private void assertLost(String reason) {
        Instant start = Instant.now();
        Reply reply = rest.call(address("http", "/rest/x"), JSON);

        assertThat(reply).isInstanceOf(Reply.Lost.class);
        assertThat(((Reply.Lost) reply).reason()).contains(reason);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void serve(Behaviour behaviour) {
        threads.submit(
                () -> {
                    while (!server.isClosed()) {
                        Socket socket = server.accept();
                        threads.submit(
                                () -> {
                                    try (socket) {
                                        heard.add(request(socket.getInputStream()));
                                        behaviour.answer(socket.getOutputStream());
                                    }
                                    return null;
                                });
                    }
                    return null;
                });
    }

    /** Whatever comes until nothing more does for a moment. */
    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] part = new byte[65536];
        do {
            int n = in.read(part);
            if (n < 0) {
                break;
            }
            text.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
        } while (!whole(text.toString()));
        return text.toString();
    }

    private static boolean whole(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return !text.startsWith("POST") && !text.startsWith("GET");
        }
        if (text.contains("multipart/")) {
            return text.endsWith("--\r\n");
        }
        return !text.startsWith("POST") || text.length() > head + 4;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void drip(OutputStream out) throws Exception {
        while (!end.await(100, TimeUnit.MILLISECONDS)) {
            send(out, "H");
        }
    }
}
