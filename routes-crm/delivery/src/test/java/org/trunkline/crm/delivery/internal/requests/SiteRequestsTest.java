package org.trunkline.crm.delivery.internal.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.crm.connector.begin.CallbackAttempts.Owner;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Call;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.SiteRequest;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;
import org.trunkline.store.internal.OpenStore;
import org.trunkline.store.internal.TestClock;

/** Requests of a company's site, through the real gate and store (rule I6). */
@Timeout(120)
class SiteRequestsTest {

    private static final String SECRET = "0123456789abcdef";
    private static final String PATH = "/crm/requests/acme/main/";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ON =
            """
            {"callback":{"enabled":true,"number":"+74951000001","routes":[
               {"filter":{"param":"department","values":["sales"]},"employee":"202"},
               {"filter":{"param":"site","values":["b.example"]},"group":["201","202"]},
               {"responsible":true},
               {"employee":"201"}]}}""";

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final List<PbxControl.Order> orders = new CopyOnWriteArrayList<>();
    private final AtomicReference<Supplier<Owner>> owner =
            new AtomicReference<>(() -> Owner.UNKNOWN);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Leases.Standing standing = Leases.Standing.SERVING;
    private OpenStore store;
    private OpenGate gate;
    private SiteRequests requests;

    @BeforeEach
    void start() throws Exception {
        store = new OpenStore(folder);
        put(ON);
        gate = new OpenGate(folder);
        Controls controls = new Controls();
        controls.addControl(
                new PbxControl() {
                    @Override
                    public PbxKind kind() {
                        return PbxKind.ASTERISK;
                    }

                    @Override
                    public void call(String company, PbxAccount account, Order order) {
                        orders.add(order);
                    }
                });
        requests =
                new SiteRequests(
                        gate.gate(),
                        RoutesContext.standalone("requests"),
                        store.journal,
                        store.calls,
                        store.companies,
                        (company, portal, client) -> {
                            asked.incrementAndGet();
                            return owner.get().get();
                        },
                        controls,
                        new Leases() {
                            @Override
                            public Standing standing(String company) {
                                return standing;
                            }

                            @Override
                            public Subscription onChange(Runnable signal) {
                                return () -> {};
                            }
                        },
                        clock);
    }

    @AfterEach
    void stop() {
        requests.stop();
        gate.close();
        store.close();
    }

    private void put(String settings) {
        Portal portal =
                new Portal("main", CrmKind.AMOCRM, "main", URI.create("http://127.0.0.1/"), true);
        PbxAccount account =
                new PbxAccount(
                        "office",
                        PbxKind.ASTERISK,
                        "127.0.0.1",
                        5038,
                        false,
                        "crm",
                        Optional.empty(),
                        List.of(),
                        List.of(employee("201"), employee("202"), employee("203")),
                        Optional.empty());
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "asterisk-amocrm",
                        Map.of("201", "7", "202", "8", "203", "9"),
                        Json.tree(settings));
        store.companies.put(
                new Company(
                        "acme",
                        "Acme",
                        "RU",
                        List.of(account),
                        List.of(portal),
                        List.of(integration)),
                Json.tree("{}"),
                Map.of(portal.secretKey("requestSecret"), SECRET),
                "test");
    }

    private static Employee employee(String id) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, true);
    }

    private HttpResponse<String> send(String path, String type, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String json) throws Exception {
        return send(PATH + SECRET, JSON, json);
    }

    /** The id that the site gets. */
    private static String call(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return Json.tree(response.body()).path("call").asText();
    }

    private Call heard(String id) {
        store.journal.unfolded(100).forEach(u -> store.calls.fold(u, call -> Set.of()));
        return store.calls.find("acme", id).orElseThrow();
    }

    private PbxControl.Order order() {
        await().until(() -> !orders.isEmpty());
        return orders.get(orders.size() - 1);
    }

    private static List<String> phones(PbxControl.Order order) {
        return order.first().stream()
                .map(PbxControl.First::phone)
                .map(phone -> ((PbxControl.Extension) phone).extension())
                .toList();
    }

    @Test
    void I6_aRequestInJsonIsCalledBack_andIsInTheJournalWithAllItsParameters() throws Exception {
        String id =
                call(
                        send(
                                """
                                {"phone":"8 (916) 123-45-67","name":"Анна","comment":"после обеда",
                                 "callback":true,"site":"a.example","amount":12.5,"empty":"",
                                 "nothing":null,"basket":{"sku":"7"}}"""));

        Call call = heard(id);
        assertThat(call.direction()).contains(Direction.INBOUND);
        assertThat(call.client()).map(PhoneNumber::value).contains("+79161234567");
        assertThat(SiteRequest.of(call).orElseThrow().parameters())
                .isEqualTo(
                        Map.of(
                                "phone", "8 (916) 123-45-67",
                                "name", "Анна",
                                "comment", "после обеда",
                                "callback", "true",
                                "site", "a.example",
                                "amount", "12.5",
                                "basket", "{\"sku\":\"7\"}"));
        assertThat(CallbackRequest.of(call).orElseThrow().until())
                .isEqualTo(clock.instant().plusSeconds(600));
        assertThat(order().client().value()).isEqualTo("+79161234567");
        assertThat(order().callKey()).isEqualTo(call.key());
        assertThat(phones(order())).containsExactly("201");
    }

    @Test
    void I6_aFormDoesToo() throws Exception {
        String id =
                call(
                        send(
                                PATH + SECRET,
                                FORM + "; charset=utf-8",
                                "phone=%2B79161234567&callback=on&name=%D0%90%D0%BD%D0%BD%D0%B0+B"
                                        + "&tick=a&tick=b&empty="));

        assertThat(SiteRequest.of(heard(id)).orElseThrow().parameters())
                .isEqualTo(
                        Map.of(
                                "phone", "+79161234567",
                                "callback", "on",
                                "name", "Анна B",
                                "tick", "a, b"));
    }

    @Test
    void I6_whomItRingsFollowsFromDepartmentSiteAndResponsible() throws Exception {
        call(send("{\"phone\":\"+79161234501\",\"callback\":true,\"department\":\"sales\"}"));
        assertThat(phones(order())).containsExactly("202");
        orders.clear();

        call(send("{\"phone\":\"+79161234502\",\"callback\":true,\"site\":\"b.example\"}"));
        assertThat(phones(order())).containsExactly("201", "202");
        orders.clear();

        owner.set(() -> new Owner(true, Optional.of("9")));
        String id = call(send("{\"phone\":\"+79161234503\",\"callback\":true}"));
        assertThat(phones(order())).containsExactly("203");
        assertThat(heard(id).attributes())
                .containsEntry("crmRoute", "2")
                .containsEntry("crmRung", "203");
    }

    @Test
    void I6_ofAnUnknownClientThePhoneShowsNameAndComment() throws Exception {
        String asks = "{\"callback\":true,\"name\":\"Anna\",\"comment\":\"soon\",\"phone\":\"%s\"}";
        call(send(asks.formatted("+79161234501")));
        assertThat(order().name()).contains("Anna: soon");
        orders.clear();

        owner.set(() -> new Owner(true, Optional.empty()));
        call(send(asks.formatted("+79161234502")));
        assertThat(order().name()).as("the CRM's card knows him").isEmpty();
    }

    @Test
    void I6_theSameRequestTwiceIsOne_byItsContent() throws Exception {
        String asks = "{\"phone\":\"+79161234567\",\"callback\":true,\"name\":\"Anna\"}";
        clock.advance(Duration.ofSeconds(110));
        String id = call(send(asks));
        order();

        assertThat(call(send(asks))).isEqualTo(id);
        clock.advance(Duration.ofSeconds(20));
        assertThat(call(send(asks))).as("into the next span of two minutes").isEqualTo(id);
        assertThat(call(send(asks.replace("Anna", "Olga")))).isNotEqualTo(id);
        await().until(() -> orders.size() == 2);
        clock.advance(Duration.ofSeconds(101));
        assertThat(call(send(asks))).as("more than two minutes later").isNotEqualTo(id);
        await().until(() -> orders.size() == 3);
    }

    @Test
    void I6_theSameRequestTwiceIsOne_byItsId() throws Exception {
        String asks =
                "{\"phone\":\"+79161234567\",\"callback\":true,\"id\":\"order-7\",\"try\":%d}";
        String id = call(send(asks.formatted(1)));
        order();
        clock.advance(Duration.ofSeconds(9_999));

        assertThat(call(send(asks.formatted(2)))).isEqualTo(id);
        assertThat(orders).hasSize(1);
    }

    @Test
    void I6_twoFormsThatCountFromOneSwallowNobodysRequest() throws Exception {
        String asks =
                "{\"phone\":\"%s\",\"callback\":true,\"id\":\"1\",\"site\":\"%s\","
                        + "\"form_id\":\"%s\"}";

        assertThat(
                        Set.of(
                                call(send(asks.formatted("+79161234567", "a.example", "7"))),
                                call(send(asks.formatted("+79161234568", "a.example", "7"))),
                                call(send(asks.formatted("+79161234567", "b.example", "7"))),
                                call(send(asks.formatted("+79161234567", "a.example", "8")))))
                .hasSize(4);
        await().until(() -> orders.size() == 4);
    }

    @Test
    void I6_aCrmThatDoesNotAnswerKeepsNoPhoneFromRinging() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        owner.set(
                () -> {
                    try {
                        answers.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Owner(true, Optional.of("9"));
                });

        Instant sent = Instant.now();
        call(send("{\"phone\":\"+79161234567\",\"callback\":true,\"name\":\"Anna\"}"));

        await().atMost(Duration.ofSeconds(30)).until(() -> !orders.isEmpty());
        assertThat(Instant.now()).isAfterOrEqualTo(sent.plusSeconds(4));
        assertThat(phones(order())).as("as of nobody's client").containsExactly("201");
        assertThat(order().name()).contains("Anna");
        answers.countDown();
    }

    @Test
    void I6_theCrmIsNotAskedWhereNothingHangsOnIt() throws Exception {
        put(ON.replace("{\"responsible\":true},", ""));

        call(send("{\"phone\":\"+79161234501\",\"callback\":true}"));
        order();
        assertThat(asked).hasValue(0);

        call(send("{\"phone\":\"+79161234502\",\"callback\":true,\"name\":\"Anna\"}"));
        await().until(() -> orders.size() == 2);
        assertThat(asked).as("whether the phone shows her name").hasValue(1);
    }

    @Test
    void I6_requestsThatAskForNoCallbackAreCalledBackBySetting() throws Exception {
        String asks = "{\"phone\":\"+79161234567\"}";
        HttpResponse<String> refused = send(asks);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("callback=true").contains("/callback/everyRequest");
        assertThat(orders).isEmpty();

        put(ON.replace("\"enabled\":true", "\"enabled\":true,\"everyRequest\":true"));
        call(send(asks));
        assertThat(order().client().value()).isEqualTo("+79161234567");
    }

    @Test
    void I6_whereCallbacksAreOffTheSiteIsToldSo() throws Exception {
        put("{}");

        HttpResponse<String> refused = send("{\"phone\":\"+79161234567\",\"callback\":true}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/callback/enabled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"callback\":true} | phone",
                "{\"phone\":\"112\",\"callback\":true} | phone",
                "{\"phone\":\"+79161234567\",\"callback\":\"maybe\"} | callback must be",
                "[1] | no object",
                "phone=1 | no JSON",
                "{\"phone\":\"+79161234567\",\"a b\":\"1\"} | parameter's name",
            })
    void I6_whatIsWrongIsToldWithItsCure(String body, String told) throws Exception {
        HttpResponse<String> response = send(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.tree(response.body()).path("detail").asText()).contains(told);
    }

    @Test
    void I6_whatIsTooLongIsRefused() throws Exception {
        String asks = "{\"phone\":\"+79161234567\",\"callback\":true,\"comment\":\"%s\"}";

        HttpResponse<String> wordy = send(asks.formatted("x".repeat(20_000)));
        assertThat(wordy.statusCode()).isEqualTo(400);
        assertThat(wordy.body()).contains("comment is too long");
        assertThat(send(asks.formatted("x".repeat(262_200))).statusCode()).isEqualTo(413);
        assertThat(send(PATH + SECRET, "multipart/form-data", "x").body()).contains("Content-Type");
    }

    @Test
    void I6_whoDoesNotKnowTheSecretLearnsNothing() throws Exception {
        String asks = "{\"phone\":\"+79161234567\",\"callback\":true}";

        HttpResponse<String> stranger = send(PATH + "fedcba9876543210", JSON, asks);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).doesNotContain("secret");
        assertThat(send("/crm/requests/acme/other/" + SECRET, JSON, asks).statusCode())
                .isEqualTo(404);
        assertThat(send("/crm/requests/other/main/" + SECRET, JSON, asks).statusCode())
                .isEqualTo(404);
        assertThat(orders).isEmpty();
    }

    @Test
    void I6_aHubThatStandsByAsksTheSiteToComeAgain() throws Exception {
        String asks = "{\"phone\":\"+79161234567\",\"callback\":true}";
        standing = Leases.Standing.STANDBY;

        HttpResponse<String> later = send(asks);

        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).isPresent();
        standing = Leases.Standing.SERVING;
        call(send(asks));
        order();
    }

    @Test
    void I6_whileTheStoreCantBeWrittenTheSiteIsAskedToComeAgain() throws Exception {
        String asks = "{\"phone\":\"+79161234567\",\"callback\":true}";
        // What the document says is remembered; the journal is gone.
        call(send(asks));
        store.close();

        HttpResponse<String> later = send(asks.replace("567", "599"));

        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).isPresent();
    }
}
