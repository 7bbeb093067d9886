package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
             "callback":{"enabled":true,"number":"+74951000002"}}""";

    @TempDir private static Path folder;
    private static CrashPoints points;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany acme;

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
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    /** From now on the PBX answers what it is told to dial so. */
    private static void answers(String capture) {
        answers(capture, 4);
    }

    private static void answers(String capture, double speed) {
        int status =
                sandbox.http()
                        .post(
                                "/sandbox/ami/clicks/_answers",
                                "{\"captures\":{\"*\":\""
                                        + capture
                                        + "\"},\"speed\":"
                                        + speed
                                        + "}")
                        .statusCode();
        assertThat(status).isEqualTo(204);
    }

    /** A click as the portal tells it; the id under which the portal registered the call. */
    private static String click(String user, String number) {
        JsonNode told =
                told(
                        "ONEXTERNALCALLSTART",
                        "{\"PHONE_NUMBER\":\"%s\",\"USER_ID\":\"%s\",\"LINE_NUMBER\":\"\"}"
                                .formatted(number, user));
        assertThat(told.at("/sent/0/status").asInt()).isEqualTo(200);
        return told.at("/data/CALL_ID").asText();
    }

    private static JsonNode told(String event, String data) {
        String handler = hub.address() + "/crm/bitrix24/clicks/main/event";
        return Http.parse(
                sandbox.http()
                        .post(
                                "/sandbox/bitrix24/clicks/_event",
                                "{\"event\":\"%s\",\"data\":%s,\"handler\":\"%s\"}"
                                        .formatted(event, data, handler))
                        .body());
    }

    private static JsonNode finished(String callId) {
        return finished(callId, SOON);
    }

    private static JsonNode finished(String callId, Duration patience) {
        return Awaitility.await(callId + " is finished")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () ->
                                rows("calls").stream()
                                        .filter(c -> c.path("CALL_ID").asText().equals(callId))
                                        .findFirst()
                                        .orElseThrow(),
                        call -> call.path("finished").asBoolean());
    }

    private static List<JsonNode> rows(String part) {
        return StreamSupport.stream(acme.state().path(part).spliterator(), false).toList();
    }

    private static List<JsonNode> callsOf(String number) {
        return rows("calls").stream()
                .filter(c -> c.path("PHONE_NUMBER").asText().endsWith(number.substring(2)))
                .toList();
    }

    private static long originated(String number) {
        return StreamSupport.stream(
                        sandbox.http().json("/sandbox/ami/clicks").path("originated").spliterator(),
                        false)
                .filter(action -> action.path("Exten").asText().equals(number.substring(1)))
                .count();
    }

    private static List<String> notices(String user) {
        return rows("notifications").stream()
                .filter(n -> n.path("USER_ID").asText().equals(user))
                .map(n -> n.path("MESSAGE").asText())
                .toList();
    }

    private static boolean cardOpen(String callId) {
        List<JsonNode> cards =
                rows("cards").stream()
                        .filter(card -> card.path("call").asText().equals(callId))
                        .toList();
        return !cards.isEmpty()
                && cards.get(cards.size() - 1).path("action").asText().equals("show");
    }

    @Test
    @Order(1)
    void T17_aClickRingsTheUserThenTheClientAndIsThatUsersOutgoingCall() {
        answers("originate-click2call-pjsip");

        String id = click("8", "+79163330001");
        JsonNode call = finished(id);

        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("8");
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("1");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("CALL_DURATION").asInt()).isPositive();
        assertThat(callsOf("+79163330001")).as("never registered again").hasSize(1);
        assertThat(originated("+79163330001")).isEqualTo(1);
        assertThat(cardOpen(id)).isFalse();
        assertThat(notices("8")).isEmpty();
    }

    @Test
    @Order(1)
    void T17_failuresEndThePortalsCallAndAreToldToWhoClicked() {
        answers("originate-employee-noanswer");
        assertFailed(click("7", "+79163330002"), "480", "7", "не сняли трубку");
        answers("originate-employee-busy");
        assertFailed(click("7", "+79163330003"), "486", "7", "телефон занят");
        answers("originate-unregistered");
        assertFailed(click("9", "+79163330004"), "480", "9", "не подключён");
        answers("originate-client-busy");
        assertFailed(click("8", "+79163330005"), "486", "8", "клиента занят");
        assertFailed(click("1", "+79163330006"), "403", "1", "не связаны");
        assertFailed(click("7", "112"), "404", "7", "набрать нельзя");
        assertThat(originated("+79163330006")).isZero();
    }

    private static void assertFailed(String id, String status, String user, String told) {
        JsonNode call = finished(id);
        assertThat(call.path("CALL_FAILED_CODE").asText()).as(told).isEqualTo(status);
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo(user);
        Awaitility.await(told)
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(notices(user))
                                        .anySatisfy(n -> assertThat(n).contains(told)));
        assertThat(cardOpen(id)).isFalse();
    }

    @Test
    @Order(1)
    void T17_anEventThatComesTwiceCallsOnce() {
        answers("originate-click2call-pjsip");
        String id = click("8", "+79163330007");
        String again =
                "{\"PHONE_NUMBER\":\"+79163330007\",\"USER_ID\":\"8\",\"CALL_ID\":\"" + id + "\"}";
        assertThat(told("ONEXTERNALCALLSTART", again).at("/sent/0/status").asInt()).isEqualTo(200);

        finished(id);

        assertThat(originated("+79163330007")).isEqualTo(1);
    }

    @Test
    @Order(1)
    void T19_aCallbackOfAnEmployeesLineRingsTheResponsibleAndIsACallback() {
        answers("originate-click2call-pjsip");
        acme.put(
                "{\"contacts\":[{\"ID\":\"901\",\"NAME\":\"Anna\",\"ASSIGNED_BY_ID\":\"9\","
                        + "\"PHONE\":\"+79163330011\"}]}");

        JsonNode sent =
                told(
                        "ONEXTERNALCALLBACKSTART",
                        "{\"PHONE_NUMBER\":\"+79163330011\",\"LINE_NUMBER\":\"74951000001\","
                                + "\"CRM_ENTITY_TYPE\":\"LEAD\",\"CRM_ENTITY_ID\":\"1\"}");

        assertThat(sent.at("/sent/0/status").asInt()).isEqualTo(200);
        JsonNode call =
                Awaitility.await("the callback is written")
                        .atMost(SOON)
                        .until(
                                () -> callsOf("+79163330011"),
                                calls ->
                                        calls.size() == 1
                                                && calls.get(0).path("finished").asBoolean())
                        .get(0);
        assertThat(call.path("CALL_TYPE").asText()).isEqualTo("4");
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("9");
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
    }

    @Test
    @Order(2)
    void T17_aClickWhoseHubDiesBeforeItDialsIsFinishedAndNeverDialled() {
        String id = dies("before-originate", "+79163330008", 4);

        JsonNode call = finished(id, Duration.ofSeconds(120));

        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("503");
        assertThat(originated("+79163330008")).isZero();
        assertThat(cardOpen(id)).isFalse();
        Awaitility.await("who clicked is told")
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(notices("8"))
                                        .anySatisfy(n -> assertThat(n).contains("прервался")));
    }

    @Test
    @Order(3)
    void T17_aClickWhoseHubDiesRightAfterItDialledIsNotDialledAgain() {
        // Slow enough that they still talk when the hub is back.
        String id = dies("after-originate", "+79163330009", 0.1);

        JsonNode call = finished(id, Duration.ofSeconds(240));

        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(call.path("CALL_DURATION").asInt()).isPositive();
        assertThat(originated("+79163330009")).isEqualTo(1);
        assertThat(callsOf("+79163330009")).hasSize(1);
        assertThat(cardOpen(id)).isFalse();
    }

    private static String dies(String point, String number, double speed) {
        acme.awaitConnected(hub);
        answers("originate-click2call-pjsip", speed);
        ProcessHandle process = hub.process();
        points.arm(point);
        JsonNode told =
                told(
                        "ONEXTERNALCALLSTART",
                        "{\"PHONE_NUMBER\":\"" + number + "\",\"USER_ID\":\"8\"}");
        points.reached(point);
        process.onExit().join();
        hub.restart();
        return told.at("/data/CALL_ID").asText();
    }
}
