package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;
import org.trunkline.model.PortalConnection.CheckItem;
import org.trunkline.sandbox.Sandbox;
import org.trunkline.store.internal.TestClock;

/** Our page inside the portal, opened as the portal opens it. */
class AppTest {

    private static final AtomicInteger PORTALS = new AtomicInteger();
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final String APP = "/crm/bitrix24/acme/main/app";
    private static Sandbox sandbox;

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final String simulated = "app-" + PORTALS.incrementAndGet();
    private ConnectingHub hub;
    private Portal portal;

    @BeforeAll
    static void startSandbox() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void start() throws Exception {
        hub = new ConnectingHub(folder, sandbox.address(), clock);
        portal = hub.company("acme", simulated);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private JsonNode open(String company, String user, String lang) {
        return hub.sandbox(
                "POST",
                simulated + "/_openApp",
                Json.write(
                        Map.of(
                                "handler",
                                hub.address("/crm/bitrix24/" + company + "/main/app"),
                                "user",
                                user,
                                "lang",
                                lang)));
    }

    private static String body(JsonNode opened) {
        return opened.path("body").asText();
    }

    private static String attribute(JsonNode opened, String name) {
        Matcher found = Pattern.compile("data-" + name + "=\"([^\"]*)\"").matcher(body(opened));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private JsonNode install() {
        hub.installation.open("acme", portal, WINDOW);
        return open("acme", "1", "ru");
    }

    private HttpResponse<String> press(String button, String token, String lang) {
        return hub.form(APP + "/" + button, Map.of("token", token, "lang", lang));
    }

    @Test
    void T1_theFirstOpeningInstalls_andThePageFinishesTheInstallation() {
        JsonNode opened = install();

        assertThat(opened.path("status").asInt()).isEqualTo(200);
        assertThat(attribute(opened, "finish")).isEqualTo("true");
        assertThat(body(opened))
                .contains("Данный Битрикс24 привязан к компании «ООО Ромашка»")
                .contains("BX24.installFinish()")
                .contains("Обновить токены");
        assertThat(hub.secret("acme", "refreshToken")).isPresent();
        assertThat(hub.secret("acme", "applicationToken")).isPresent();
        assertThat(hub.health("acme").state()).isEqualTo("ok");
        assertThat(attribute(open("acme", "1", "ru"), "finish")).isEqualTo("false");
    }

    @Test
    void T1_inEnglishForOtherPortals() {
        install();

        assertThat(body(open("acme", "1", "en")))
                .contains("<html lang=\"en\">")
                .contains("This Bitrix24 is bound to company “ООО Ромашка”")
                .contains("Refresh tokens");
    }

    @Test
    void T1_withoutAWindowThePageSaysWhatToDo_andNothingIsTaken() {
        JsonNode opened = open("acme", "1", "ru");

        assertThat(opened.path("status").asInt()).isEqualTo(200);
        assertThat(body(opened))
                .contains("не привязан к компании")
                .contains("открыть установку")
                .doesNotContain("<button");
        assertThat(hub.secret("acme", "accessToken")).isEmpty();
        assertThat(hub.health("acme").reason()).contains("nobody let in");
    }

    @Test
    void T1_whoIsNoAdministratorInstallsNothing_andGetsNoButtons() {
        hub.installation.open("acme", portal, WINDOW);

        assertThat(body(open("acme", "7", "ru")))
                .contains("Приложение устанавливает администратор");
        assertThat(hub.secret("acme", "accessToken")).isEmpty();
        install();
        assertThat(body(open("acme", "7", "ru")))
                .contains("привязан к компании «ООО Ромашка»")
                .doesNotContain("<button");
    }

    @Test
    void T2_thePageOfAPortalThatIsBoundElsewhereSaysSo() {
        install();
        Portal second = hub.company("beta", simulated);
        hub.installation.open("beta", second, WINDOW);

        assertThat(body(open("beta", "1", "en")))
                .contains("bound already")
                .doesNotContain("acme")
                .doesNotContain("<button");
        assertThat(hub.secret("beta", "accessToken")).isEmpty();
    }

    @Test
    void T1_whomThePortalDoesNotKnowGetsNothing() {
        install();
        String before = hub.secret("acme", "accessToken").orElseThrow();

        var opened =
                hub.form(
                        APP + "?DOMAIN=acme.bitrix24.ru&LANG=ru",
                        Map.of("AUTH_ID", "made-up", "REFRESH_ID", "x", "member_id", "m"));

        assertThat(opened.statusCode()).isEqualTo(401);
        assertThat(opened.body())
                .contains("не подтвердил")
                .doesNotContain("Ромашка")
                .doesNotContain("<button");
        assertThat(hub.secret("acme", "accessToken")).contains(before);
    }

    @Test
    void onlyThePortalMayFrameThePage_andOnlyOurScriptsRun() {
        JsonNode headers = install().path("headers");
        String policy = headers.path("content-security-policy").asText();

        assertThat(policy)
                .contains("default-src 'none'")
                .contains("frame-ancestors http://127.0.0.1:")
                .doesNotContain("unsafe");
        String nonce = policy.replaceFirst(".*'nonce-([^']+)'.*", "$1");
        JsonNode again = open("acme", "1", "ru");
        assertThat(again.at("/headers/content-security-policy").asText()).doesNotContain(nonce);
        assertThat(headers.path("cache-control").asText()).contains("no-store");
    }

    @Test
    void T3_theButtonRenewsTheTokens_oncePerToken() {
        String token = attribute(install(), "token");
        String refresh = hub.secret("acme", "refreshToken").orElseThrow();

        JsonNode pressed = Json.tree(press("refresh-tokens", token, "ru").body());

        assertThat(pressed.path("ok").asBoolean()).isTrue();
        assertThat(pressed.path("words").asText()).contains("Токены обновлены");
        assertThat(hub.secret("acme", "refreshToken"))
                .isPresent()
                .isNotEqualTo(Optional.of(refresh));
        assertThat(press("refresh-tokens", token, "ru").statusCode()).isEqualTo(401);
        assertThat(press("check", pressed.path("token").asText(), "ru").statusCode())
                .isEqualTo(200);
    }

    @Test
    void T3_tokensThatAreDeadGiveWayToThoseOfTheVisitor() {
        install();
        hub.sandbox("POST", simulated + "/_faults", "{\"kind\":\"revokeToken\"}");
        String token = attribute(open("acme", "1", "en"), "token");

        JsonNode pressed = Json.tree(press("refresh-tokens", token, "en").body());

        assertThat(pressed.path("words").asText()).contains("New ones, given by the portal");
        JsonNode checked = Json.tree(press("check", pressed.path("token").asText(), "en").body());
        assertThat(checked.path("ok").asBoolean()).isTrue();
    }

    @Test
    void aTokenHoldsForTenMinutesAndItsOwnPortalOnly() {
        String token = attribute(install(), "token");
        assertThat(
                        hub.form("/crm/bitrix24/acme/other/app/check", Map.of("token", token))
                                .statusCode())
                .isEqualTo(404);
        clock.advance(Duration.ofMinutes(10));

        assertThat(press("check", token, "ru").statusCode()).isEqualTo(401);
        assertThat(press("check", "made-up", "ru").statusCode()).isEqualTo(401);
    }

    @Test
    void T1_theConnectionCheckTellsAddressUserRightsAndLastContact() {
        String token = attribute(install(), "token");

        JsonNode checked = Json.tree(press("check", token, "en").body());

        assertThat(checked.path("words").asText()).isEqualTo("Connected, all is well");
        assertThat(checked.path("items").findValuesAsText("name"))
                .containsExactly(
                        "Address of the portal",
                        "The application works as",
                        "Application",
                        "Permissions",
                        "Methods",
                        "The portal reaches the hub",
                        "Last contact");
        assertThat(checked.path("items").findValuesAsText("value"))
                .contains(portal.address().toString(), "Admin Portal, administrator");
    }

    @Test
    void T5_theWayFromThePortalToTheHubIsTried() {
        install();
        assertThat(hub.installation.check("acme", portal).items())
                .contains(
                        new CheckItem(
                                "The portal reaches the hub",
                                "yes, at " + hub.address("/crm/bitrix24/acme/main/event"),
                                true));

        hub.sandbox("PUT", simulated + "/_state", "{\"firewalled\":true}");
        PortalConnection.Check walled = hub.installation.check("acme", portal);

        assertThat(walled.ok()).isFalse();
        assertThat(walled.words()).isEqualTo("Connected, but not everything works");
        assertThat(walled.cure())
                .contains(hub.address("/crm/bitrix24/acme/main/event"))
                .contains("events = offline");
    }

    @Test
    void T5_aBoxThatIsTooOldIsToldWithWhatItLacks() {
        install();
        hub.sandbox("PUT", simulated + "/_state", "{\"absent\":[\"event.offline.get\"]}");

        PortalConnection.Check old = hub.installation.check("acme", portal);

        assertThat(old.items())
                .contains(new CheckItem("Missing methods", "event.offline.get", false));
        assertThat(old.cure()).contains("rest 16.6.5");
    }

    @Test
    void T1_theConnectionCheckNamesWhatTheApplicationLacks() {
        String token = attribute(install(), "token");
        hub.sandbox("PUT", simulated + "/_state", "{\"scope\":\"crm,telephony,user\"}");

        JsonNode checked = Json.tree(press("check", token, "en").body());

        assertThat(checked.path("ok").asBoolean()).isFalse();
        assertThat(checked.path("items").findValuesAsText("value")).contains("placement, im");
        assertThat(checked.path("cure").asText()).contains("Tick the missing permissions");
    }

    @Test
    void T1_theConnectionCheckSaysWhyThereIsNoConnection() {
        String token = attribute(install(), "token");
        hub.sandbox("POST", simulated + "/_event", "{\"event\":\"ONAPPUNINSTALL\"}");

        JsonNode checked = Json.tree(press("check", token, "en").body());

        assertThat(checked.path("words").asText()).contains("Not connected: no access token");
        assertThat(checked.path("cure").asText()).contains("install the application");
    }

    @Test
    void aRequestThatIsNoOpeningIs400() {
        assertThat(hub.form(APP, Map.of("AUTH_ID", "x")).statusCode()).isEqualTo(400);
        assertThat(hub.post(APP, "application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(hub.form(APP + "/check", Map.of()).statusCode()).isEqualTo(400);
    }
}
