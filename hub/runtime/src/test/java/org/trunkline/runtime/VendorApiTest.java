package org.trunkline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Fault;

@Timeout(60)
class VendorApiTest {

    private static final byte[] BODY = new byte[10_000];

    @TempDir Path folder;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final VendorApi api = new VendorApi();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private RoutesContext routes;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", x -> send(x, 200));
        server.createContext("/error", x -> send(x, 500));
        server.createContext("/hangs", this::hang);
        server.start();
        routes =
                RoutesContext.standalone("vendor")
                        .with("https", HttpOut.component(timer, Duration.ofSeconds(30)))
                        .start(api);
    }

    @AfterEach
    void stop() {
        over.countDown();
        routes.close();
        timer.shutdownNow();
        server.stop(0);
    }

    private void send(HttpExchange exchange, int status) throws IOException {
        heard.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().keySet());
        exchange.sendResponseHeaders(status, BODY.length);
        exchange.getResponseBody().write(BODY);
        exchange.close();
    }

    private void hang(HttpExchange exchange) throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private VendorApi.Reply ask(String path, Optional<Path> file, Duration deadline, int most) {
        URI address =
                URI.create(
                        "http://127.0.0.1:"
                                + server.getAddress().getPort()
                                + path
                                + "?t=s3cret%2B");
        return api.ask(
                new VendorApi.Question(
                        "GET", address, Map.of(), Optional.empty(), file, deadline, most));
    }

    @Test
    void theQueryGoesOutAsItIs_andTheBoundsStayHere() {
        ask("/ok", Optional.empty(), Duration.ofSeconds(20), BODY.length);

        assertThat(heard.get(0)).startsWith("/ok?t=s3cret%2B ").doesNotContain("Trunkline-");
    }

    @Test
    void aBodyGoesToTheFileOnlyIfAllIsWell() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));

        VendorApi.Reply error =
                ask("/error", Optional.of(file), Duration.ofSeconds(20), BODY.length);
        assertThat(error.body()).hasSize(BODY.length);
        assertThat(file).isEmptyFile();

        VendorApi.Reply ok = ask("/ok", Optional.of(file), Duration.ofSeconds(20), BODY.length);
        assertThat(ok.body()).isEmpty();
        assertThat(file).hasBinaryContent(BODY);
    }

    @Test
    void aReplyThatIsTooLongIsNothingThatWaitingHelps() {
        assertThatThrownBy(
                        () ->
                                ask(
                                        "/ok",
                                        Optional.of(folder.resolve("a")),
                                        Duration.ofSeconds(20),
                                        BODY.length - 1))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("longer than 9999 bytes");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp_andNoSecretIsNamed() {
        Throwable late =
                catchThrowable(() -> ask("/hangs", Optional.empty(), Duration.ofMillis(1500), 10));

        assertThat(late)
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("no whole reply within 1 s")
                .message()
                .doesNotContain("s3cret");
    }
}
