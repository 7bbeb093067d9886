package org.trunkline.crm.amocrm.internal.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Call;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Setback;

/** What the widget asks of the hub. */
class WidgetTest {

    private static final String CLICK = WidgetHub.BASE + "/click";
    private static final String EMPLOYEES = WidgetHub.BASE + "/employees";
    private static final String CLIENT = "8 916 333-00-01";
    private static final String NUMBER = "{\"number\":\"" + CLIENT + "\"}";

    @TempDir private Path folder;
    private WidgetHub hub;

    @BeforeEach
    void start() throws SQLException {
        hub = new WidgetHub(folder);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void T17_theSameClickWithANewToken_forItsAnswerWasLost_isOneCall() {
        String clicked = "{\"number\":\"+79163340001\",\"click\":\"mabc123-x9y8z7\"}";
        String first =
                WidgetHub.json(hub.click(hub.token("7").text(), clicked)).path("call").asText();
        String again =
                WidgetHub.json(hub.click(hub.token("7").text(), clicked)).path("call").asText();
        String others =
                WidgetHub.json(hub.click(hub.token("8").text(), clicked)).path("call").asText();

        assertThat(again).isNotEmpty().isEqualTo(first);
        assertThat(others).as("another user's").isNotEqualTo(first);
    }

    @Test
    void T17_aClickRingsThePhoneOfWhoClicked() {
        String id = hub.clicked("7", CLIENT);

        Awaitility.await().until(() -> hub.orders.size() == 1);
        PbxControl.Order order = hub.orders.get(0);
        assertThat(order.first().get(0).phone()).isEqualTo(new PbxControl.Extension("201"));
        assertThat(order.client().value()).isEqualTo("+79163330001");
        assertThat(Call.id("acme", "office", order.callKey())).isEqualTo(id);
        hub.folds();
        Call call = hub.calls().find("acme", id).orElseThrow();
        assertThat(call.direction()).contains(Direction.OUTBOUND);
        FromCrm begun = FromCrm.of(call).orElseThrow();
        assertThat(begun.user()).contains("7");
        assertThat(begun.portalCall()).isEmpty();
        assertThat(begun.isClick()).isTrue();
    }

    @Test
    void T17_whoClickedSeesWhereItStandsAndNobodyElse() {
        String id = hub.clicked("7", CLIENT);

        assertThat(hub.card(id, "7").path("state").asText()).isEqualTo("dialling");
        assertThat(hub.card(id, "7").path("number").asText()).isEqualTo("+79163330001");
        assertThat(hub.get(WidgetHub.BASE + "/calls/" + id, "9").statusCode()).isEqualTo(404);
        assertThat(hub.get(WidgetHub.BASE + "/calls/none", "7").statusCode()).isEqualTo(404);
        hub.folds();
        hub.tells(id, new Fact.LegRinging("201"));
        assertThat(hub.card(id, "7").path("state").asText()).isEqualTo("ringing");
        hub.tells(id, new Fact.Tagged(FromCrm.THE_CLIENT_IS_TRIED));
        assertThat(hub.card(id, "7").path("state").asText()).isEqualTo("client");
    }

    @Test
    void T17_aTokenIsGoodForOneRequest() {
        String token = hub.token("7").text();
        assertThat(hub.click(token, NUMBER).statusCode()).isEqualTo(200);

        HttpResponse<String> again = hub.click(token, NUMBER);

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).doesNotContain("detail").doesNotContain("used");
        assertThat(
                        hub.send(hub.request(EMPLOYEES).header("X-Auth-Token", token).GET())
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void T17_aRestartDialsNothingTwice() {
        VendorToken token = hub.token("7").claim("jti", "\"click-before-restart\"");
        String first = WidgetHub.json(hub.click(token.text(), NUMBER)).path("call").asText();
        hub.restart();

        VendorToken replayed = hub.token("7").claim("jti", "\"click-before-restart\"");
        String second = WidgetHub.json(hub.click(replayed.text(), NUMBER)).path("call").asText();

        assertThat(second).isEqualTo(first);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(2))
                .until(() -> hub.orders.size() == 1);
    }

    @Test
    void T17_whoeverIsNotFromThePortalsPageIsRefusedWithoutAWordWhy() {
        assertThat(hub.click(hub.token("7").signedBy("guessed").text(), NUMBER).statusCode())
                .isEqualTo(401);
        assertThat(
                        hub.click(hub.token("7").head("{\"alg\":\"none\"}").unsigned(), NUMBER)
                                .statusCode())
                .isEqualTo(401);
        assertThat(hub.send(hub.request(CLICK).POST(BodyPublishers.ofString(NUMBER))).statusCode())
                .isEqualTo(401);
        HttpResponse<String> elsewhere =
                hub.send(
                        hub.from("https://evil.example", EMPLOYEES)
                                .header("X-Auth-Token", hub.token("7").text())
                                .GET());
        assertThat(elsewhere.statusCode()).isEqualTo(401);
        assertThat(elsewhere.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(elsewhere.body()).doesNotContain("detail");
        assertThat(hub.orders).isEmpty();
        assertThat(hub.get("/crm/amocrm/acme/none/employees", "7").statusCode()).isEqualTo(404);
        assertThat(hub.get("/crm/amocrm/none/main/employees", "7").statusCode()).isEqualTo(404);
    }

    @Test
    void T17_aBrowserIsToldThatThePortalsPageMayAsk() {
        HttpResponse<String> preflight =
                hub.send(
                        hub.request(CLICK)
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(WidgetHub.ORIGIN);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("X-Auth-Token");
        HttpResponse<String> refused = hub.click("none", NUMBER);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(WidgetHub.ORIGIN);
        HttpResponse<String> evil =
                hub.send(
                        hub.from("https://acme.amocrm.ru.evil.example", CLICK)
                                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(evil.statusCode()).isEqualTo(401);
        assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void T17_aBrowserIsToldThatThereIsNoSuchPortal() {
        String elsewhere = "/crm/amocrm/acme/none/employees";
        HttpResponse<String> preflight =
                hub.send(hub.request(elsewhere).method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> answer = hub.get(elsewhere, "7");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("X-Auth-Token");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void T17_aRenamedAccountClicksBeforeItsDocumentIsCorrected() {
        String now = "https://acme-new.amocrm.ru";
        assertThat(hub.clickFrom(now, NUMBER).statusCode()).isEqualTo(401);
        hub.secret("host", WidgetHub.ORIGIN + " " + now);

        HttpResponse<String> answer = hub.clickFrom(now, NUMBER);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(now);
        assertThat(hub.clickFrom(WidgetHub.ORIGIN, NUMBER).statusCode())
                .as("the former address, which may be another account's by now")
                .isEqualTo(401);
        hub.secret("accountId", VendorToken.ACCOUNT);
        assertThat(hub.clickFrom(WidgetHub.ORIGIN, NUMBER).statusCode())
                .as("the former address of an account that is known by its number")
                .isEqualTo(200);
        assertThat(hub.clickFrom(now, NUMBER).statusCode()).isEqualTo(200);
        // Noted of a former document, which named another account.
        hub.secret("host", "https://other.amocrm.ru " + now);
        assertThat(hub.clickFrom(now, NUMBER).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "[]", "{\"number\":\"\"}", "{\"number\":{}}"})
    void aClickWithoutANumberIsMalformed(String body) {
        assertThat(hub.click(hub.token("7").text(), body).statusCode()).isEqualTo(400);
    }

    @Test
    void aClickOfManyBytesIsRefused() {
        String long64 = "{\"number\":\"" + "1".repeat(65) + "\"}";
        assertThat(hub.click(hub.token("7").text(), long64).statusCode()).isEqualTo(400);
        String large = "{\"number\":\"1\",\"more\":\"" + "x".repeat(1_024) + "\"}";
        assertThat(hub.click(hub.token("7").text(), large).statusCode()).isEqualTo(413);
        String huge = "{\"number\":\"1\",\"more\":\"" + "x".repeat(300_000) + "\"}";
        assertThat(hub.click(hub.token("7").text(), huge).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "8, +79163330001, not mapped",
        "9, +79163330001, not registered",
        "7, 112,          be dialled",
        "7, *21,          be dialled"
    })
    void T17_whatIsInTheWayIsToldToWhoClicked(String user, String number, String words) {
        String id = hub.clicked(user, number);

        assertThat(hub.card(id, user).path("state").asText()).isEqualTo("over");
        assertThat(hub.card(id, user).path("text").asText()).contains(words);
        assertThat(hub.orders).isEmpty();
    }

    @Test
    void T17_aPbxThatRefusesIsToldToWhoClicked() {
        hub.pbxRefuses(new Fault.Data("no right to originate", "give the right"));
        String id = hub.clicked("7", CLIENT);

        Awaitility.await().until(() -> hub.card(id, "7").path("state").asText().equals("over"));
        assertThat(hub.card(id, "7").path("text").asText()).contains("PBX refused the command");
        hub.folds();
        assertThat(FromCrm.of(hub.calls().find("acme", id).orElseThrow()).orElseThrow().setback())
                .contains(Setback.PBX_REFUSED);
        JsonNode russian =
                WidgetHub.json(hub.get(WidgetHub.BASE + "/calls/" + id + "?lang=ru", "7"));
        assertThat(russian.path("text").asText()).contains("АТС не приняла команду");
    }

    @Test
    void T17_aCallOfWhichThePbxTellsNothingIsGivenUpOnTheCardToo() {
        String id = hub.clicked("7", CLIENT);
        hub.wait(Duration.ofSeconds(20));
        assertThat(hub.card(id, "7").path("state").asText()).isEqualTo("dialling");

        hub.wait(Duration.ofSeconds(30));

        assertThat(hub.card(id, "7").path("state").asText()).isEqualTo("over");
        assertThat(hub.card(id, "7").path("text").asText()).contains("lost before anybody rang");
    }

    @Test
    void T17_aTokenOfAnotherAccountIsRefusedOnceTheHubKnowsItsOwn() {
        String claims =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"account_id\":99}".getBytes(StandardCharsets.UTF_8));
        hub.secret("accessToken", "head." + claims + ".signature");
        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode()).isEqualTo(401);

        hub.secret("accessToken", "opaque");
        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode()).isEqualTo(200);

        hub.secret("accountId", "99");
        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode())
                .as("the account named its number when it was read")
                .isEqualTo(401);
    }

    @Test
    void O20_whereClicksAreOffNothingRings() {
        hub.provision("{}");

        String id = hub.clicked("7", CLIENT);

        assertThat(hub.card(id, "7").path("text").asText()).contains("switched off");
        assertThat(hub.orders).isEmpty();
    }

    @Test
    void T18_O20_theClientSeesTheNumberOfClicksWhereItOverrides() {
        hub.provision(
                "{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000009\","
                        + "\"overrideCallerId\":true}}");

        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode()).isEqualTo(200);

        Awaitility.await().until(() -> hub.orders.size() == 1);
        assertThat(hub.orders.get(0).first().get(0).callerId().map(PhoneNumber::value))
                .contains("+74951000009");
    }

    @Test
    void T17_aPortalWithoutAPbxSaysSo() {
        hub.provision(List.of(), List.of());

        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode()).isEqualTo(409);
    }

    @Test
    void T4_theTableTellsWhoIsMappedToWhom() {
        JsonNode rows = WidgetHub.json(hub.get(EMPLOYEES, "1")).path("items");

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
        hub.loseStore();

        assertThat(hub.click(hub.token("7").text(), NUMBER).statusCode()).isEqualTo(503);

        assertThat(hub.orders).isEmpty();
    }
}
