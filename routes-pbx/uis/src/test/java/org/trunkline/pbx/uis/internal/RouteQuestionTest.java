package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.uis.UisPbx;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;

/** "Whom should this call ring?" over HTTP, behind the real gate, before the real store on H2. */
class RouteQuestionTest {

    private static final String OURS = "/pbx/uis/acme/office/s3cret/route";
    private static final Decision.Part WHY =
            new Decision.Part("route", "nobody", "O22", "", "for the test");

    @TempDir Path folder;

    private OpenStore store;
    private OpenGate gate;
    private UisPbx uis;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<Route> route = Optional.of(Route.nobody(WHY));
    private volatile Runnable hang = () -> {};
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws SQLException {
        store = new OpenStore(folder);
        store.companies.put(
                Sequence.ACME,
                Json.tree("{}"),
                Map.of("pbx/office/token", "t", "pbx/office/webhookSecret", "s3cret"),
                "test");
        gate = new OpenGate(folder);
        uis =
                new UisPbx(
                        gate.gate(),
                        RoutesContext.standalone("uis"),
                        store.journal,
                        store.calls,
                        store.companies,
                        (company, account, caller, line) -> {
                            asked.add(text(caller, "hidden") + " " + text(line, "unknown"));
                            hang.run();
                            return route.orElseThrow(
                                    () -> new Fault.Retryable("by the test", Duration.ZERO));
                        },
                        Clock.systemUTC());
    }

    private static String text(Optional<PhoneNumber> number, String otherwise) {
        return number.map(PhoneNumber::value).orElse(otherwise);
    }

    @AfterEach
    void close() {
        over.countDown();
        uis.stop();
        gate.close();
        store.close();
    }

    private void answers(Optional<String> name) {
        route =
                Optional.of(
                        new Route(
                                Optional.of(Sequence.ACME.pbx().get(0).employees().get(0)),
                                name,
                                Duration.ofSeconds(15),
                                List.of()));
    }

    private HttpResponse<String> get(String path) {
        URI address = URI.create("http://127.0.0.1:" + gate.port() + path);
        try {
            return client.send(
                    HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void K6_I8_extensionNameAndAttemptAreTold() {
        answers(Optional.of("ООО \"Ромашка\""));

        HttpResponse<String> reply = get(OURS + "?caller=%2B79161234567&line=84951000002");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        JsonNode json = Json.tree(reply.body());
        assertThat(json.path("employee").textValue()).isEqualTo("5501");
        assertThat(json.path("extension").textValue()).isEqualTo("201");
        assertThat(json.path("name").textValue()).isEqualTo("ООО \"Ромашка\"");
        assertThat(json.path("timeoutSeconds").intValue()).isEqualTo(15);
        assertThat(asked).containsExactly("+79161234567 +74951000002");
    }

    @Test
    void K6_nobodyIs204() {
        HttpResponse<String> reply = get(OURS + "?caller=79161234567");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(asked).containsExactly("+79161234567 unknown");
    }

    @Test
    void I8_aNameAloneIsTold() {
        route =
                Optional.of(
                        new Route(Optional.empty(), Optional.of("Anna"), Duration.ZERO, List.of()));

        assertThat(get(OURS + "?caller=79161234567").body()).isEqualTo("{\"name\":\"Anna\"}");
    }

    /** A plus that nobody escaped is a blank to HTTP. */
    @ParameterizedTest
    @CsvSource({
        "+79161234567, +79161234567",
        "8(916)123-45-67, +79161234567",
        "anonymous, hidden",
        "%00%0A, hidden",
    })
    void theCallerIsReadHoweverItIsWritten(String caller, String read) {
        assertThat(get(OURS + "?caller=" + caller).statusCode()).isEqualTo(204);
        assertThat(asked).containsExactly(read + " unknown");
    }

    @Test
    void O22_theInteractiveStepIsAnsweredInItsOwnShape() {
        answers(Optional.of("Anna"));

        HttpResponse<String> reply =
                get(OURS + "?cdr_id=1&start_time=x&numa=79161234567&numb=74951000002");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"phones\":[\"201\"]}");
        assertThat(asked).containsExactly("+79161234567 +74951000002");
    }

    @Test
    void O22_aPersonalManagerWhoIsNotFoundIsTold() {
        HttpResponse<String> reply = get(OURS + "?numa=79161234567&numb=74951000002");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "/pbx/uis/acme/office/s3creT/route?caller=1, 401",
        "/pbx/uis/acme/office/s3creT/route, 401",
        "/pbx/uis/acme/office/t/route?numa=1, 401",
        "/pbx/uis/acme/elsewhere/s3cret/route?caller=1, 404",
        "/pbx/uis/nobody/office/s3cret/route?caller=1, 404",
        "/pbx/uis/acme/office/s3cret/route, 400",
        "/pbx/uis/acme/office/s3cret/route?line=84951000002, 400",
    })
    void whoMayNotAskIsRefusedWithoutDetail_whoMayHearsWhatIsWrong(String path, int status) {
        HttpResponse<String> reply = get(path);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(Json.tree(reply.body()).has("detail")).isEqualTo(status == 400);
    }

    @Test
    void X7_whileTheStoreCannotBeReadThePbxIsToldSo() {
        route = Optional.empty();

        HttpResponse<String> reply = get(OURS + "?caller=79161234567");

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void O22_whileTheStoreCannotBeReadTheStepTakesItsBranch() {
        route = Optional.empty();

        HttpResponse<String> reply = get(OURS + "?numa=79161234567&numb=74951000002");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{}");
        assertThat(asked).hasSize(1);
    }

    private void hangs() {
        hang =
                () -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                };
    }

    private final AtomicBoolean interrupted = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({"?caller=79161234567, 503", "?numa=79161234567, 200"})
    void X7_whileTheStoreHangsThePbxHearsOfItWithinTwoSeconds(String question, int status) {
        hangs();
        Instant begin = Instant.now();

        HttpResponse<String> reply = get(OURS + question);

        assertThat(Duration.between(begin, Instant.now()))
                .isBetween(Duration.ofMillis(1400), Duration.ofSeconds(4));
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(asked).hasSize(1);
        assertThat(interrupted).as("an interrupt would close H2").isFalse();
    }

    @Test
    void X7_aStoreThatHangsTakesNoMoreThanSixteenThreads() {
        hangs();
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + gate.port()
                                                + OURS
                                                + "?caller=79161234567"))
                        .build();

        List<CompletableFuture<HttpResponse<String>>> replies =
                IntStream.range(0, 40)
                        .mapToObj(
                                i ->
                                        client.sendAsync(
                                                request, HttpResponse.BodyHandlers.ofString()))
                        .toList();

        assertThat(replies).allMatch(reply -> reply.join().statusCode() == 503);
        assertThat(asked).hasSize(16);
    }
}
