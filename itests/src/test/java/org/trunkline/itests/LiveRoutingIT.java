package org.trunkline.itests;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.SipStage.LONG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real Asterisk asks the hub whom its calls should ring, by the dialplan of docs/asterisk.md.
 * What rang, and under which name, is what the phones saw. The number that a client calls ends with
 * the phone that the PBX's own way rings.
 */
@ExtendWith({LiveAsteriskIT.Installed.class, LogsOnFailure.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LiveRoutingIT {
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final List<String> EMPLOYEES = List.of("401", "402", "403");
    private static final String FASTAGI = "74950009402";
    private static final String HTTP = "74950010402";

    /** Whose responsible is 401. */
    private static final String ANNA = "79161110001";

    /** Likewise; but his open deal is 403's. */
    private static final String BORIS = "79161110002";

    private static final String STRANGER = "79161110009";
    private static final String SETTINGS =
            """
            {"routing":{"enabled":true,"attempt":"PT3S","prefer":"openDeal","callerName":true}}""";
    private static final String CLIENTS =
            """
            {"contacts":[{"ID":"1","NAME":"Анна","LAST_NAME":"Орлова","PHONE":"+79161110001",
                          "ASSIGNED_BY_ID":"401"},
                         {"ID":"2","NAME":"Борис","LAST_NAME":"Ким","PHONE":"+79161110002",
                          "ASSIGNED_BY_ID":"401"}],
             "deals":[{"ID":"5","TITLE":"open","STAGE_ID":"NEW","CONTACT_ID":"2",
                       "ASSIGNED_BY_ID":"403"}]}""";

    @TempDir private static Path folder;
    private static Hub hub;
    private static LiveAsterisk asterisk;
    private static Sandbox sandbox;
    private static LiveCompany company;
    private static SipStage stage;

    private final SipStage here = stage.beside();

    /** Of the same clock as the PBX's; calls before it are other tests'. */
    private final Instant begin = Instant.now();

    @BeforeAll
    static void start() throws IOException {
        hub = LiveCompany.hub(folder.resolve("data"));
        asterisk =
                LiveAsterisk.start(
                        Files.createDirectory(folder.resolve("asterisk")),
                        EMPLOYEES,
                        List.of(),
                        "reporting",
                        hub.port());
        sandbox = Sandbox.start(hub);
        sandbox.http().put("/sandbox/bitrix24/" + LiveCompany.ID + "/_state", CLIENTS);
        company =
                LiveCompany.provisioned(
                        hub, sandbox, asterisk, EMPLOYEES, Set.of(FASTAGI, HTTP), SETTINGS);
        stage = SipStage.of(asterisk, Files.createDirectory(folder.resolve("sip")), 40);
        Awaitility.await("the phone book has the client")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !book(ANNA).isEmpty() && book(BORIS).size() == 2);
    }

    private static JsonNode book(String number) {
        String path = "/api/v1/companies/" + LiveCompany.ID + "/portals/main/phone-book";
        return hub.admin().json(path + "?number=%2B" + number).path("client");
    }

    @AfterAll
    static void stop() {
        hub.close();
        sandbox.close();
        asterisk.close();
    }

    @AfterEach
    void hangUp() {
        here.kill();
    }

    /** The leg of an employee in this test's call of a client, once that is over. */
    private JsonNode leg(String client, String extension) {
        JsonNode call =
                Awaitility.await("the call of " + client)
                        .atMost(SETTLED)
                        .until(() -> ended(client), Optional::isPresent)
                        .orElseThrow();
        for (JsonNode leg : call.path("legs")) {
            if (leg.path("extension").asText().equals(extension)) {
                return leg;
            }
        }
        throw new AssertionError("no leg of " + extension + " in " + call);
    }

    private Optional<JsonNode> ended(String client) {
        return company.calls().stream()
                .filter(call -> call.path("client").asText().endsWith(client))
                .filter(call -> !Instant.parse(call.path("startedAt").asText()).isBefore(begin))
                .filter(call -> call.path("state").asText().equals("ended"))
                .findFirst();
    }

    private void rings(String extension, String client, String name, String line) {
        SipPhone responsible = here.callee(extension, 500, LONG);
        SipPhone own = here.ringing("402");

        here.caller(client, line, 1500).awaitEnd();
        responsible.awaitEnd();

        assertThat(responsible.header("From: (.*)")).contains(name, client);
        assertThat(own.rang()).isFalse();
        assertThat(leg(client, extension).path("result").asText()).isEqualTo("answered");
    }

    @Test
    @Order(1)
    void K6_I8_theResponsibleRingsAtOnceWithTheClientsName() {
        rings("401", ANNA, "Анна Орлова", FASTAGI);
    }

    @Test
    @Order(2)
    void K6_I8_overHttpToo() {
        rings("401", ANNA, "Анна Орлова", HTTP);
    }

    @Test
    @Order(3)
    void I7_theOpenDealsResponsibleGoesFirst() {
        rings("403", BORIS, "Борис Ким", FASTAGI);
    }

    @Test
    @Order(4)
    void X7_whileTheCrmIsDownToo() {
        sandbox.http()
                .post(
                        "/sandbox/bitrix24/" + LiveCompany.ID + "/_faults",
                        "{\"kind\":\"down\",\"forSeconds\":600}");

        rings("401", ANNA, "Анна Орлова", FASTAGI);

        sandbox.http().delete("/sandbox/bitrix24/" + LiveCompany.ID + "/_faults");
    }

    @Test
    @Order(5)
    void I7_whoDoesNotAnswerWithinTheAttemptLosesTheCallToTheCommonWay() {
        SipPhone responsible = here.ringing("401");
        SipPhone own = here.callee("402", 500, LONG);

        here.caller(ANNA, FASTAGI, 1500).awaitEnd();
        own.awaitEnd();

        assertThat(responsible.stoppedRinging()).isTrue();
        assertThat(own.header("From: (.*)")).contains("Анна Орлова");
        assertThat(leg(ANNA, "401").path("result").asText()).isEqualTo("missed");
        assertThat(leg(ANNA, "402").path("result").asText()).isEqualTo("answered");
    }

    @Test
    @Order(6)
    void I7_whoIsBusyLosesItAtOnce() {
        here.refusing("401", 0, 486);
        SipPhone own = here.callee("402", 500, LONG);

        here.caller(ANNA, HTTP, 1500).awaitEnd();
        own.awaitEnd();

        assertThat(leg(ANNA, "402").path("result").asText()).isEqualTo("answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {FASTAGI, HTTP})
    @Order(6)
    void I7_whoTalksLosesItAtOnceThoughThePhoneHasASecondLine(String line) {
        here.callee("401", 500, LONG);
        SipPhone first = here.caller(ANNA, line, 8000);
        first.awaitAnswer();
        SipPhone own = here.callee("402", 500, LONG);

        SipPhone second = here.caller(ANNA, line, 1500);
        second.awaitEnd();
        own.awaitEnd();

        // Half a second for the phone; the attempt would take three.
        assertThat(Duration.between(second.sent("INVITE"), second.answered()))
                .isLessThan(ofMillis(2500));
        first.awaitEnd();
    }

    /** How long the client waited for an answer. */
    private Duration goesThePbxsOwnWay(String client, String line) {
        SipPhone responsible = here.ringing("401");
        SipPhone own = here.callee("402", 500, LONG);

        SipPhone caller = here.caller(client, line, 1500);
        caller.awaitEnd();
        own.awaitEnd();

        assertThat(responsible.rang()).isFalse();
        assertThat(own.header("From: (.*)")).contains(client).doesNotContain("Анна");
        return Duration.between(caller.sent("INVITE"), caller.answered());
    }

    @Test
    @Order(7)
    void K6_aStrangerGoesByTheInboundRoute() {
        goesThePbxsOwnWay(STRANGER, FASTAGI);
        hangUp();
        goesThePbxsOwnWay(STRANGER, HTTP);
    }

    @Test
    @Order(8)
    void K6_whileTheHubHangsCallsThatAskOverHttpGoOnAfterTheirLimit() {
        hub.pause();

        // Two seconds for the answer, half a one for the phone.
        assertThat(goesThePbxsOwnWay(ANNA, HTTP)).isBetween(ofMillis(2400), ofSeconds(5));

        hub.resume();
    }

    @Test
    @Order(9)
    void K6_whileTheHubIsGoneCallsGoByTheInboundRoute() {
        hub.kill();

        assertThat(goesThePbxsOwnWay(ANNA, FASTAGI)).isLessThan(ofSeconds(3));
        hangUp();
        assertThat(goesThePbxsOwnWay(ANNA, HTTP)).isLessThan(ofSeconds(3));
    }
}
