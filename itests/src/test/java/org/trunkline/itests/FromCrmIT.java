package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls that begin in the portal: its own event, the PBX's recorded answer, what is there then. */
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FromCrmIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SETTINGS =
            """
            {"clickToCall":{"enabled":true,"number":"+74951000002"},
             "callback":{"enabled":true,"number":"+74951000002","retryEvery":"PT8S"}}""";

    @TempDir private static Path folder;
    private static CrashPoints points;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany acme;
    private static BegunCalls begun;

    @BeforeAll
    static void start() throws IOException {
        points = new CrashPoints(Files.createDirectory(folder.resolve("crash")));
        hub = Hub.start(folder.resolve("data"), points.environment(), points.launcher());
        sandbox = Sandbox.start(hub);
        acme =
                PlayedCompany.provisioned(
                        "clicks",
                        "mikopbx-bitrix24",
                        SETTINGS,
                        hub,
                        sandbox,
                        Files.createDirectories(folder.resolve("recordings")));
        acme.put("{\"clock\":{\"factor\":0.05}}");
        begun = new BegunCalls(hub, sandbox, acme);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    @Test
    @Order(1)
    void T17_aClickRingsTheUserThenTheClientAndIsThatUsersOutgoingCall() {
        begun.answers("originate-click2call-pjsip");

        String id = begun.click("8", "+79163330001");
        JsonNode call = begun.finished(id);

        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("8");
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("1");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("CALL_DURATION").asInt()).isPositive();
        assertThat(begun.callsOf("+79163330001")).as("never registered again").hasSize(1);
        assertThat(begun.originated("+79163330001")).isEqualTo(1);
        assertThat(begun.cardOpen(id)).isFalse();
        assertThat(begun.notices("8")).isEmpty();
    }

    @Test
    @Order(1)
    void T17_failuresEndThePortalsCallAndAreToldToWhoClicked() {
        begun.answers("originate-employee-noanswer");
        assertFailed(begun.click("7", "+79163330002"), "480", "7", "не сняли трубку");
        begun.answers("originate-employee-busy");
        assertFailed(begun.click("7", "+79163330003"), "486", "7", "телефон занят");
        begun.answers("originate-unregistered");
        assertFailed(begun.click("9", "+79163330004"), "480", "9", "не подключён");
        begun.answers("originate-client-busy");
        assertFailed(begun.click("8", "+79163330005"), "486", "8", "клиента занят");
        assertFailed(begun.click("1", "+79163330006"), "403", "1", "не связаны");
        assertFailed(begun.click("7", "112"), "404", "7", "набрать нельзя");
        assertThat(begun.originated("+79163330006")).isZero();
    }

    private static void assertFailed(String id, String status, String user, String told) {
        JsonNode call = begun.finished(id);
        assertThat(call.path("CALL_FAILED_CODE").asText()).as(told).isEqualTo(status);
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo(user);
        Awaitility.await(told)
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(begun.notices(user))
                                        .anySatisfy(n -> assertThat(n).contains(told)));
        assertThat(begun.cardOpen(id)).isFalse();
    }

    @Test
    @Order(1)
    void T17_anEventThatComesTwiceCallsOnce() {
        begun.answers("originate-click2call-pjsip");
        String id = begun.click("8", "+79163330007");
        String again =
                "{\"PHONE_NUMBER\":\"+79163330007\",\"USER_ID\":\"8\",\"CALL_ID\":\"" + id + "\"}";
        assertThat(begun.told("ONEXTERNALCALLSTART", again).at("/sent/0/status").asInt())
                .isEqualTo(200);

        begun.finished(id);

        assertThat(begun.originated("+79163330007")).isEqualTo(1);
    }

    @Test
    @Order(1)
    void T19_aCallbackOfAnEmployeesLineRingsTheResponsibleAndIsACallback() {
        begun.answers("originate-click2call-pjsip");
        acme.put(
                "{\"contacts\":[{\"ID\":\"901\",\"NAME\":\"Anna\",\"ASSIGNED_BY_ID\":\"9\","
                        + "\"PHONE\":\"+79163330011\"}]}");

        JsonNode sent =
                begun.told(
                        "ONEXTERNALCALLBACKSTART",
                        "{\"PHONE_NUMBER\":\"+79163330011\",\"LINE_NUMBER\":\"74951000001\","
                                + "\"CRM_ENTITY_TYPE\":\"LEAD\",\"CRM_ENTITY_ID\":\"1\"}");

        assertThat(sent.at("/sent/0/status").asInt()).isEqualTo(200);
        JsonNode call =
                Awaitility.await("the callback is written")
                        .atMost(SOON)
                        .until(
                                () -> begun.callsOf("+79163330011"),
                                calls ->
                                        calls.size() == 1
                                                && calls.get(0).path("finished").asBoolean())
                        .get(0);
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("9");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
    }

    @Test
    @Order(1)
    void I6_aBusyEmployeeIsRungAgain_andTheRequestIsOneAnsweredCall() {
        begun.answers("originate-employee-busy");
        asksToBeCalled("+79163330022");
        awaitOriginated("+79163330022", 1);
        begun.answers("originate-click2call-pjsip");

        JsonNode call = finishedCallback("+79163330022");

        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("7");
        assertThat(begun.originated("+79163330022")).isEqualTo(2);
    }

    @Test
    @Order(2)
    void I6_aHubThatIsKilledBetweenTwoAttemptsGoesOnWithTheNext() {
        acme.awaitConnected(hub);
        begun.answers("originate-employee-busy");
        asksToBeCalled("+79163330023");
        awaitOriginated("+79163330023", 1);
        awaitAttempt("+79163330023", "again at");
        hub.kill();
        begun.answers("originate-click2call-pjsip");
        hub.restart();

        JsonNode call = finishedCallback("+79163330023");

        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(begun.originated("+79163330023")).isEqualTo(2);
    }

    /** By a line of 201's, so that it is the phone that rings. */
    private static void asksToBeCalled(String number) {
        JsonNode sent =
                begun.told(
                        "ONEXTERNALCALLBACKSTART",
                        "{\"PHONE_NUMBER\":\"%s\",\"LINE_NUMBER\":\"74951000001\"}"
                                .formatted(number));
        assertThat(sent.at("/sent/0/status").asInt()).isEqualTo(200);
    }

    private static void awaitOriginated(String number, int times) {
        Awaitility.await(number + " is called back")
                .atMost(SOON)
                .until(() -> begun.originated(number) == times);
    }

    /** What is said of the latest attempt. */
    private static void awaitAttempt(String number, String said) {
        Awaitility.await(said)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> decisionsOf(number).contains(said));
    }

    private static String decisionsOf(String number) {
        String calls = "/api/v1/companies/clicks/calls";
        return StreamSupport.stream(
                        hub.admin().json(calls + "?limit=20").path("items").spliterator(), false)
                .filter(call -> call.path("client").asText().equals(number))
                .findFirst()
                .map(call -> hub.admin().json(calls + "/" + call.path("id").asText()))
                .map(call -> call.path("decisions").toString())
                .orElse("");
    }

    private static JsonNode finishedCallback(String number) {
        return Awaitility.await("the callback is written")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () ->
                                begun.callsOf(number).stream()
                                        .filter(call -> call.path("finished").asBoolean())
                                        .toList(),
                        calls -> calls.size() == 1)
                .get(0);
    }

    @Test
    @Order(2)
    void T17_aClickWhoseHubDiesBeforeItDialsIsFinishedAndNeverDialled() {
        String id = dies("before-originate", "+79163330008", 4);

        JsonNode call = begun.finished(id, Duration.ofSeconds(120));

        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("503");
        assertThat(begun.originated("+79163330008")).isZero();
        assertThat(begun.cardOpen(id)).isFalse();
        Awaitility.await("who clicked is told")
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(begun.notices("8"))
                                        .anySatisfy(n -> assertThat(n).contains("прервался")));
    }

    @Test
    @Order(3)
    void T17_aClickWhoseHubDiesRightAfterItDialledIsNotDialledAgain() {
        // Slow enough that they still talk when the hub is back.
        String id = dies("after-originate", "+79163330009", 0.1);

        JsonNode call = begun.finished(id, Duration.ofSeconds(240));

        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("CALL_DURATION").asInt()).isPositive();
        assertThat(begun.originated("+79163330009")).isEqualTo(1);
        assertThat(begun.callsOf("+79163330009")).hasSize(1);
        assertThat(begun.cardOpen(id)).isFalse();
    }

    /** The employee whose line the form names has no telephone, and the responsible is unknown. */
    @Test
    @Order(4)
    void O21_aCallbackWhoseEmployeeHasNoSipLineRingsTheMandatoryNumber() {
        begun.provision(
                document ->
                        document.at("/pbx/0/employees")
                                .forEach(one -> ((ObjectNode) one).put("sip", false)));

        assertRingsTheNumber("+79163330012", "74951000001");

        // Behind the number is the phone of 201, who talks then.
        JsonNode call = begun.callsOf("+79163330012").get(0);
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("7");
    }

    @Test
    @Order(5)
    void O21_aCallbackRingsTheMandatoryNumberWhereNobodyIsMapped() {
        begun.provision(
                document -> {
                    document.at("/pbx/0/employees")
                            .forEach(one -> ((ObjectNode) one).remove("sip"));
                    ((ObjectNode) document.at("/integrations/0")).putArray("mapping");
                });

        assertRingsTheNumber("+79163330013", "");
    }

    /** The PBX dials the number of the settings; whoever is behind it is put through. */
    private static void assertRingsTheNumber(String client, String line) {
        begun.answers("originate-click2call");
        JsonNode sent =
                begun.told(
                        "ONEXTERNALCALLBACKSTART",
                        ("{\"PHONE_NUMBER\":\"%s\",\"LINE_NUMBER\":\"%s\","
                                        + "\"CRM_ENTITY_TYPE\":\"LEAD\",\"CRM_ENTITY_ID\":\"1\"}")
                                .formatted(client, line));
        assertThat(sent.at("/sent/0/status").asInt()).isEqualTo(200);

        JsonNode call =
                Awaitility.await("the callback is over and nothing of it is left to do")
                        .atMost(SOON)
                        .until(
                                () -> begun.known(client),
                                known ->
                                        known.path("state").asText().equals("ended")
                                                && begun.nothingToDo());

        assertThat(call.path("result").asText()).isEqualTo("answered");
        assertThat(begun.channelsFor(client)).containsExactly("Local/74951000002@all_peers/n");
    }

    private static String dies(String point, String number, double speed) {
        acme.awaitConnected(hub);
        begun.answers("originate-click2call-pjsip", speed);
        ProcessHandle process = hub.process();
        points.arm(point);
        JsonNode told =
                begun.told(
                        "ONEXTERNALCALLSTART",
                        "{\"PHONE_NUMBER\":\"" + number + "\",\"USER_ID\":\"8\"}");
        points.reached(point);
        process.onExit().join();
        hub.restart();
        return told.at("/data/CALL_ID").asText();
    }
}
