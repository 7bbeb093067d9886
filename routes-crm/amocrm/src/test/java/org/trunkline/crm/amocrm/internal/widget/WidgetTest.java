package org.trunkline.crm.amocrm.internal.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Setback;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;

/** What the widget asks of the hub, through the real gate and the real store. */
class WidgetTest {

    private static final String PORTAL = "https://acme.amocrm.ru";
    private static final String CLICK = "/crm/amocrm/acme/main/click";
    private static final String EMPLOYEES = "/crm/amocrm/acme/main/employees";
    private static final String NUMBER = "{\"number\":\"8 916 333-00-01\"}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private Path folder;
    private final List<PbxControl.Order> orders = new CopyOnWriteArrayList<>();
    private volatile Optional<Fault> refusal = Optional.empty();
    private OpenStore store;
    private OpenGate gate;
    private AmocrmWidget widget;
    private AmocrmHttp http;

    @BeforeEach
    void start() throws SQLException {
        store = new OpenStore(folder);
        provision(store, "{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000001\"}}");
        opens();
    }

    private void opens() {
        gate = new OpenGate(folder);
        Controls controls = new Controls();
        controls.addControl(new NotingPbx());
        widget =
                new AmocrmWidget(
                        store.journal,
                        store.calls,
                        store.companies,
                        controls,
                        Optional.of(URI.create("http://127.0.0.1:" + gate.port())),
                        Clock.systemUTC());
        http = new AmocrmHttp(gate.gate(), RoutesContext.standalone("amocrm"), widget);
    }

    private void closes() {
        http.stop();
        widget.stop();
        gate.close();
    }

    @AfterEach
    void stop() {
        closes();
        store.close();
    }

    private final class NotingPbx implements PbxControl {
        @Override
        public PbxKind kind() {
            return PbxKind.ASTERISK;
        }

        @Override
        public void call(String company, PbxAccount account, Order order) {
            orders.add(order);
            refusal.ifPresent(
                    fault -> {
                        throw fault;
                    });
        }
    }

    private static void provision(OpenStore store, String settings) {
        Portal portal = new Portal("main", CrmKind.AMOCRM, "Main", URI.create(PORTAL), true);
        PbxAccount pbx =
                new PbxAccount(
                        "office",
                        PbxKind.ASTERISK,
                        "127.0.0.1",
                        5038,
                        false,
                        "crm",
                        Optional.empty(),
                        List.of(),
                        List.of(
                                employee("201", true),
                                employee("202", true),
                                employee("203", false)),
                        Optional.empty());
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "asterisk-amocrm",
                        Map.of("201", "7", "203", "9"),
                        Json.tree(settings));
        store.companies.put(
                new Company(
                        "acme", "Acme", "RU", List.of(pbx), List.of(portal), List.of(integration)),
                Json.tree("{}"),
                Map.of(
                        portal.secretKey("clientId"), VendorToken.CLIENT,
                        portal.secretKey("clientSecret"), VendorToken.SECRET),
                "test");
    }

    private static Employee employee(String id, boolean sip) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, sip);
    }

    private String hub() {
        return "http://127.0.0.1:" + gate.port();
    }

    private VendorToken token(String user) {
        return VendorToken.issued(PORTAL, hub(), user, Instant.now());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub() + path)).header("Origin", PORTAL);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> click(String token, String body) {
        return send(
                request(CLICK)
                        .header("X-Auth-Token", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String user) {
        return send(request(path).header("X-Auth-Token", token(user).text()).GET());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body());
    }

    /** The call as the journal has it, folded or not. */
    private JsonNode card(String call, String user) {
        return json(get("/crm/amocrm/acme/main/calls/" + call + "?lang=en", user));
    }

    private void folds() {
        store.journal.unfolded(100).forEach(events -> store.calls.fold(events, c -> Set.of()));
    }

    /** What the PBX tells of the call. */
    private void tells(String call, Fact fact) {
        Call known = store.calls.find("acme", call).orElseThrow();
        Instant now = Instant.now();
        store.journal.append(
                List.of(
                        new CallEvent(
                                "acme",
                                "office",
                                known.key(),
                                Optional.of("leg"),
                                Optional.of(call + fact),
                                now.toEpochMilli() * 1000,
                                now,
                                now,
                                Confidence.FINAL,
                                fact,
                                "test")));
        folds();
    }

    @Test
    void T17_aClickRingsThePhoneOfWhoClicked() {
        String id = json(click(token("7").text(), NUMBER)).path("call").asText();

        Awaitility.await().until(() -> orders.size() == 1);
        PbxControl.Order order = orders.get(0);
        assertThat(order.first().get(0).phone()).isEqualTo(new PbxControl.Extension("201"));
        assertThat(order.client().value()).isEqualTo("+79163330001");
        assertThat(Call.id("acme", "office", order.callKey())).isEqualTo(id);
        folds();
        Call call = store.calls.find("acme", id).orElseThrow();
        assertThat(call.direction()).contains(Direction.OUTBOUND);
        FromCrm begun = FromCrm.of(call).orElseThrow();
        assertThat(begun.user()).contains("7");
        assertThat(begun.portalCall()).isEmpty();
        assertThat(begun.isClick()).isTrue();
    }

    @Test
    void T17_whoClickedSeesWhereItStandsAndNobodyElse() {
        String id = json(click(token("7").text(), NUMBER)).path("call").asText();

        assertThat(card(id, "7").path("state").asText()).isEqualTo("dialling");
        assertThat(card(id, "7").path("number").asText()).isEqualTo("+79163330001");
        assertThat(get("/crm/amocrm/acme/main/calls/" + id, "9").statusCode()).isEqualTo(404);
        assertThat(get("/crm/amocrm/acme/main/calls/none", "7").statusCode()).isEqualTo(404);
        folds();
        tells(id, new Fact.LegRinging("201"));
        assertThat(card(id, "7").path("state").asText()).isEqualTo("ringing");
        tells(id, new Fact.Tagged(FromCrm.THE_CLIENT_IS_TRIED));
        assertThat(card(id, "7").path("state").asText()).isEqualTo("client");
    }

    @Test
    void T17_aTokenIsGoodForOneRequest() {
        String token = token("7").text();
        assertThat(click(token, NUMBER).statusCode()).isEqualTo(200);

        HttpResponse<String> again = click(token, NUMBER);

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).doesNotContain("detail").doesNotContain("used");
        assertThat(send(request(EMPLOYEES).header("X-Auth-Token", token).GET()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void T17_aRestartDialsNothingTwice() {
        VendorToken token = token("7").claim("jti", "\"click-before-restart\"");
        String first = json(click(token.text(), NUMBER)).path("call").asText();
        closes();
        opens();

        VendorToken replayed =
                VendorToken.issued(PORTAL, hub(), "7", Instant.now())
                        .claim("jti", "\"click-before-restart\"");
        String second = json(click(replayed.text(), NUMBER)).path("call").asText();

        assertThat(second).isEqualTo(first);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(2))
                .until(() -> orders.size() == 1);
    }

    @Test
    void T17_whoeverIsNotFromThePortalsPageIsRefusedWithoutAWordWhy() {
        assertThat(click(token("7").signedBy("guessed").text(), NUMBER).statusCode())
                .isEqualTo(401);
        assertThat(click(token("7").head("{\"alg\":\"none\"}").unsigned(), NUMBER).statusCode())
                .isEqualTo(401);
        assertThat(send(request(CLICK).POST(BodyPublishers.ofString(NUMBER))).statusCode())
                .isEqualTo(401);
        HttpResponse<String> elsewhere =
                send(
                        HttpRequest.newBuilder(URI.create(hub() + EMPLOYEES))
                                .header("Origin", "https://evil.example")
                                .header("X-Auth-Token", token("7").text())
                                .GET());
        assertThat(elsewhere.statusCode()).isEqualTo(401);
        assertThat(elsewhere.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(elsewhere.body()).doesNotContain("detail");
        assertThat(orders).isEmpty();
        assertThat(get("/crm/amocrm/acme/none/employees", "7").statusCode()).isEqualTo(404);
        assertThat(get("/crm/amocrm/none/main/employees", "7").statusCode()).isEqualTo(404);
    }

    @Test
    void T17_aBrowserIsToldThatThePortalsPageMayAsk() {
        HttpResponse<String> preflight =
                send(
                        request(CLICK)
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains(PORTAL);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("X-Auth-Token");
        HttpResponse<String> refused = click("none", NUMBER);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(PORTAL);
        HttpResponse<String> evil =
                send(
                        HttpRequest.newBuilder(URI.create(hub() + CLICK))
                                .header("Origin", "https://acme.amocrm.ru.evil.example")
                                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(evil.statusCode()).isEqualTo(401);
        assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "[]", "{\"number\":\"\"}", "{\"number\":{}}"})
    void aClickWithoutANumberIsMalformed(String body) {
        assertThat(click(token("7").text(), body).statusCode()).isEqualTo(400);
    }

    @Test
    void aClickOfManyBytesIsRefused() {
        String long64 = "{\"number\":\"" + "1".repeat(65) + "\"}";
        assertThat(click(token("7").text(), long64).statusCode()).isEqualTo(400);
        String large = "{\"number\":\"1\",\"more\":\"" + "x".repeat(1_024) + "\"}";
        assertThat(click(token("7").text(), large).statusCode()).isEqualTo(413);
        String huge = "{\"number\":\"1\",\"more\":\"" + "x".repeat(300_000) + "\"}";
        assertThat(click(token("7").text(), huge).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "8, +79163330001, not mapped",
        "9, +79163330001, not registered",
        "7, 112,          be dialled",
        "7, *21,          be dialled"
    })
    void T17_whatIsInTheWayIsToldToWhoClicked(String user, String number, String words) {
        String body = "{\"number\":\"" + number + "\"}";
        String id = json(click(token(user).text(), body)).path("call").asText();

        assertThat(card(id, user).path("state").asText()).isEqualTo("over");
        assertThat(card(id, user).path("text").asText()).contains(words);
        assertThat(orders).isEmpty();
    }

    @Test
    void T17_aPbxThatRefusesIsToldToWhoClicked() {
        refusal = Optional.of(new Fault.Data("no right to originate", "give the right"));
        String id = json(click(token("7").text(), NUMBER)).path("call").asText();

        Awaitility.await().until(() -> card(id, "7").path("state").asText().equals("over"));
        assertThat(card(id, "7").path("text").asText()).contains("PBX refused the command");
        folds();
        assertThat(FromCrm.of(store.calls.find("acme", id).orElseThrow()).orElseThrow().setback())
                .contains(Setback.PBX_REFUSED);
        JsonNode russian = json(get("/crm/amocrm/acme/main/calls/" + id + "?lang=ru", "7"));
        assertThat(russian.path("text").asText()).contains("АТС не приняла команду");
    }

    @Test
    void O20_whereClicksAreOffNothingRings() {
        provision(store, "{}");

        String id = json(click(token("7").text(), NUMBER)).path("call").asText();

        assertThat(card(id, "7").path("text").asText()).contains("switched off");
        assertThat(orders).isEmpty();
    }

    @Test
    void T18_O20_theClientSeesTheNumberOfClicksWhereItOverrides() {
        provision(
                store,
                "{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000009\","
                        + "\"overrideCallerId\":true}}");

        assertThat(click(token("7").text(), NUMBER).statusCode()).isEqualTo(200);

        Awaitility.await().until(() -> orders.size() == 1);
        assertThat(orders.get(0).first().get(0).callerId().map(PhoneNumber::value))
                .contains("+74951000009");
    }

    @Test
    void T17_aPortalWithoutAPbxSaysSo() {
        Portal portal = new Portal("main", CrmKind.AMOCRM, "Main", URI.create(PORTAL), true);
        store.companies.put(
                new Company("acme", "Acme", "RU", List.of(), List.of(portal), List.of()),
                Json.tree("{}"),
                Map.of(
                        portal.secretKey("clientId"), VendorToken.CLIENT,
                        portal.secretKey("clientSecret"), VendorToken.SECRET),
                "test");

        assertThat(click(token("7").text(), NUMBER).statusCode()).isEqualTo(409);
    }

    @Test
    void T4_theTableTellsWhoIsMappedToWhom() {
        JsonNode rows = json(get(EMPLOYEES, "1")).path("items");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).path("name").asText()).isEqualTo("Employee 201");
        assertThat(rows.get(0).path("user").asText()).isEqualTo("7");
        assertThat(rows.get(0).path("clickToCall").asBoolean()).isTrue();
        assertThat(rows.get(1).has("user")).isFalse();
        assertThat(rows.get(2).path("user").asText()).isEqualTo("9");
        assertThat(rows.get(2).path("phone").asBoolean()).isFalse();
    }

    @Test
    void T17_whatTheStoreCannotHoldRingsNobody() {
        store.close();

        assertThat(click(token("7").text(), NUMBER).statusCode()).isEqualTo(503);

        assertThat(orders).isEmpty();
    }
}
