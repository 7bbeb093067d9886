package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.SipStage.LONG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls that begin in the portal, dialled by a real Asterisk: what the phones saw of them, and what
 * the portal holds then.
 */
@ExtendWith({LiveAsteriskIT.Installed.class, LogsOnFailure.class})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LiveFromCrmIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final List<String> EMPLOYEES = List.of("301", "302", "303");
    private static final String CLIENT = "7916555020";
    private static final String MULTICHANNEL = "74950002211";
    private static final String SETTINGS =
            """
            {"clickToCall":{"enabled":true,"number":"+74950002211"},
             "callback":{"enabled":true,"number":"+74950002211","retryFor":"PT0S"}}""";

    @TempDir private static Path folder;
    private static LiveAsterisk asterisk;
    private static Sandbox sandbox;
    private static Hub hub;
    private static LiveCompany company;
    private static SipStage stage;

    @BeforeAll
    static void start() throws IOException {
        asterisk =
                LiveAsterisk.start(
                        Files.createDirectory(folder.resolve("asterisk")),
                        EMPLOYEES,
                        List.of("1", "2", "3", "4", "5", "6", "7").stream()
                                .map(digit -> CLIENT + digit)
                                .toList(),
                        "reporting,originate,call");
        hub = LiveCompany.hub(folder.resolve("data"));
        sandbox = Sandbox.start(hub);
        company =
                LiveCompany.provisioned(
                        hub,
                        sandbox,
                        asterisk,
                        EMPLOYEES,
                        Set.of("74950001301", "74950001302", MULTICHANNEL),
                        SETTINGS);
        stage = SipStage.of(asterisk, Files.createDirectory(folder.resolve("sip")), 40);
    }

    @AfterAll
    static void stop() {
        hub.close();
        sandbox.close();
        asterisk.close();
    }

    private static String click(String user, String number) {
        return company.tells(
                        "ONEXTERNALCALLSTART",
                        "{\"PHONE_NUMBER\":\"+%s\",\"USER_ID\":\"%s\"}".formatted(number, user))
                .at("/data/CALL_ID")
                .asText();
    }

    private static void callback(String number, String line) {
        company.tells(
                "ONEXTERNALCALLBACKSTART",
                "{\"PHONE_NUMBER\":\"+%s\",\"LINE_NUMBER\":\"%s\"}".formatted(number, line));
    }

    /** The only record of a number, once it is finished. */
    private static JsonNode finished(String number) {
        return Awaitility.await(number + " is finished")
                .atMost(SETTLED)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> callsOf(number),
                        calls -> calls.size() == 1 && calls.get(0).path("finished").asBoolean())
                .get(0);
    }

    private static List<JsonNode> callsOf(String number) {
        return StreamSupport.stream(company.portal().path("calls").spliterator(), false)
                .filter(call -> call.path("PHONE_NUMBER").asText().endsWith(number))
                .toList();
    }

    private static void assertIs(JsonNode call, String type, String user, String status) {
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo(type);
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo(user);
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo(status);
    }

    @Test
    void T17_T18_aClickRingsTheEmployeeThenTheClientWhoSeesTheRightNumber() {
        SipStage here = stage.beside();
        SipPhone desk = here.callee("301", 500, LONG);
        SipPhone client = here.callee(CLIENT + "1", 1000, 3000);

        String id = click("301", CLIENT + "1");
        here.awaitEnd();

        assertThat(desk.answered()).isBefore(client.answered());
        assertThat(client.header("From: (.*)")).contains("74950001301");
        assertThat(desk.header("From: (.*)")).contains(CLIENT + "1");
        JsonNode call = finished(CLIENT + "1");
        assertIs(call, "1", "301", "200");
        assertThat(call.path("CALL_ID").asText()).isEqualTo(id);
        assertThat(call.path("CALL_DURATION").asInt()).isBetween(2, 4);
    }

    @Test
    void T17_anEmployeeWhoDoesNotPickUpIsTold_andTheClientIsNotRung() {
        SipStage here = stage.beside();
        here.ringing("303");

        click("303", CLIENT + "2");

        assertIs(finished(CLIENT + "2"), "1", "303", "480");
        assertThat(company.portal().path("notifications").toString()).contains("не сняли трубку");
        here.kill();
    }

    @Test
    void T17_aBusyClientIsTold() {
        SipStage here = stage.beside();
        here.callee("302", 500, LONG);
        here.refusing(CLIENT + "3", 500, 486);

        click("302", CLIENT + "3");

        assertIs(finished(CLIENT + "3"), "1", "302", "486");
        here.awaitEnd();
    }

    @Test
    void T19_allAreRung_theFirstWhoPicksUpGetsTheClient() {
        SipStage here = stage.beside();
        SipPhone slow = here.ringing("301");
        SipPhone quick = here.callee("302", 1500, LONG);
        SipPhone slower = here.ringing("303");
        SipPhone client = here.callee(CLIENT + "4", 1000, 3000);

        callback(CLIENT + "4", "");

        JsonNode call = finished(CLIENT + "4");
        assertIs(call, "4", "302", "200");
        assertThat(call.path("CALL_DURATION").asInt()).isBetween(2, 4);
        assertThat(quick.answered()).isBefore(client.answered());
        assertThat(client.header("From: (.*)")).contains("74950001302");
        assertThat(slow.stoppedRinging()).isTrue();
        assertThat(slower.stoppedRinging()).isTrue();
        here.awaitEnd();
    }

    @Test
    void T19_twoWhoPickUpAtOnceReachTheClientOnce() {
        SipStage here = stage.beside();
        here.callee("301", 1000, LONG);
        here.callee("302", 1000, LONG);
        here.ringing("303");
        // Plays one call and no more: a second INVITE would fail.
        SipPhone client = here.callee(CLIENT + "5", 1000, 3000);

        callback(CLIENT + "5", "");

        JsonNode call = finished(CLIENT + "5");
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("PORTAL_USER_ID").asText()).isIn("301", "302");
        client.awaitEnd();
        here.kill();
    }

    @Test
    void T19_aMultichannelNumberRingsOne() {
        SipStage here = stage.beside();
        List<SipPhone> desks =
                EMPLOYEES.stream().map(extension -> here.callee(extension, 500, LONG)).toList();
        SipPhone client = here.callee(CLIENT + "6", 1000, 2000);

        callback(CLIENT + "6", MULTICHANNEL);

        JsonNode call = finished(CLIENT + "6");
        String user = call.path("PORTAL_USER_ID").asText();
        assertIs(call, "4", user, "200");
        assertThat(desks.stream().filter(SipPhone::rang).map(SipPhone::who)).containsExactly(user);
        client.awaitEnd();
        here.kill();
    }

    @Test
    void T19_aCallbackThatNobodyTakesIsMissed_andTheClientIsNotRung() {
        SipStage here = stage.beside();
        EMPLOYEES.forEach(here::ringing);

        callback(CLIENT + "7", "");

        JsonNode call = finished(CLIENT + "7");
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("304");
        assertThat(call.path("PORTAL_USER_ID").asText()).isIn(EMPLOYEES);
        here.kill();
    }
}
