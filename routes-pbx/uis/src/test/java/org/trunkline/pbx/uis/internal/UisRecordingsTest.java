package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.VendorApi;

/** Links as UIS sends them, over real HTTP to a server of the test's own. */
class UisRecordingsTest {

    private static final byte[] SOUND = {1, 2, 3};

    @TempDir Path folder;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final VendorApi api = new VendorApi();
    private final UisRecordings recordings = new UisRecordings(api);
    private RoutesContext routes;
    private HttpServer server;
    private volatile boolean ready;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/talk", x -> answer(x, ready ? 200 : 404, "audio/mpeg"));
        server.createContext("/error", x -> answer(x, 200, "text/html; charset=utf-8"));
        server.createContext("/moved", x -> lead(x, "/talk"));
        server.createContext("/away", x -> lead(x, "http://elsewhere.invalid/talk"));
        server.createContext("/unescaped", x -> lead(x, "/talk one"));
        server.createContext("/round", x -> lead(x, "/round"));
        server.start();
        routes =
                RoutesContext.standalone("uis")
                        .with("https", HttpOut.component(timer, Duration.ofSeconds(5)))
                        .start(api);
    }

    @AfterEach
    void stop() {
        routes.close();
        timer.shutdownNow();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, SOUND.length);
        exchange.getResponseBody().write(SOUND);
        exchange.close();
    }

    private static void lead(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        exchange.sendResponseHeaders(308, -1);
        exchange.close();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Path save(String link) {
        PbxAccount account =
                new PbxAccount(
                        "office",
                        PbxKind.UIS,
                        "",
                        0,
                        false,
                        "",
                        Optional.of(URI.create(at("/"))),
                        List.of(),
                        List.of(),
                        Optional.empty());
        Path file = folder.resolve("fetched");
        recordings.save(account, new Recording("r", link, Optional.empty()), file);
        return file;
    }

    @Test
    void K3_aLinkIsFollowedToTheSound_onceThatIsThere() {
        assertThatThrownBy(() -> save(at("/moved")))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("not there yet");

        ready = true;

        assertThat(save(at("/moved"))).hasBinaryContent(SOUND);
    }

    @Test
    void K3_aPageIsNoSound() {
        assertThatThrownBy(() -> save(at("/error")))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("no sound");
    }

    @Test
    void K3_anAddressThatIsNoneIsTriedAgainLater() {
        assertThatThrownBy(() -> save(at("/unescaped")))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("no address");
        assertThatThrownBy(() -> save("https://app.comagic.ru/a b")).isInstanceOf(Fault.Data.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://media.comagic.ru/a%20b?s=1, https://media.comagic.ru/a%20b?s=1",
        "http://uiscom.ru:80/1, https://uiscom.ru/1",
        "https://uiscom.ru/1, https://uiscom.ru/1",
        "http://elsewhere.example/1, http://elsewhere.example/1"
    })
    void K3_theVendorsOwnHostsAreAskedOverHttpsWhereverTheyLead(String hop, String asked) {
        assertThat(UisRecordings.secure(URI.create(hop))).isEqualTo(URI.create(asked));
    }

    @Test
    void aCircleEnds() {
        assertThatThrownBy(() -> save(at("/round"))).isInstanceOf(Fault.Retryable.class);
    }

    @Test
    void aLinkThatLeadsToAStrangerIsNotFollowed() {
        assertThatThrownBy(() -> save(at("/away")))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("http://elsewhere.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.comagic.ru/system/media/talk/1/2/",
                "https://uiscom.ru.evil.example/1",
                "https://eviluiscom.ru/1",
                "https://127.0.0.1/1",
                "http://127.0.0.1:1/1",
                "file:///etc/passwd"
            })
    void onlyTheVendorsHostsAreAsked_andNoneInTheClear(String link) {
        assertThatThrownBy(() -> save(link)).isInstanceOf(Fault.Data.class);
    }
}
