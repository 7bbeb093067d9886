package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

/** Entities that the hub makes: calls of a recorded Asterisk, and what the portal holds then. */
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EntitiesIT {
    private static final double SPEED = 2;
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final String CLOSED = "+79161110001";
    private static final String OPEN = "+79161110002";

    @TempDir private static Path folder;
    private static CrashPoints points;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany company;
    private static PlayedCompany later;

    @BeforeAll
    static void start() throws IOException {
        points = new CrashPoints(Files.createDirectory(folder.resolve("crash")));
        hub = Hub.start(folder.resolve("data"), points.environment(), points.launcher());
        sandbox = Sandbox.start(hub);
        company = provisioned("made", "");
        later = provisioned("later", ",\"changeAfter\":\"" + DELAY + "\"");
        company.put(
                """
                {"contacts":[{"ID":"101","NAME":"Closed","ASSIGNED_BY_ID":"9","PHONE":"%s"},
                             {"ID":"102","NAME":"Open","ASSIGNED_BY_ID":"9","PHONE":"%s"}],
                 "deals":[{"ID":"201","TITLE":"won","STAGE_ID":"WON","ASSIGNED_BY_ID":"9",
                           "CONTACT_ID":"101"},
                          {"ID":"202","TITLE":"open","STAGE_ID":"NEW","ASSIGNED_BY_ID":"9",
                           "CONTACT_ID":"102"}]}"""
                        .formatted(CLOSED, OPEN));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    private static PlayedCompany provisioned(String id, String more) throws IOException {
        String settings =
                "{\"entities\":{\"createBy\":\"hub\"},\"source\":{\"lineNumber\":true},\"responsible\":"
                        + "{\"byEntity\":true,\"incomingDefault\":\"10\",\"outgoingDefault\":\"10\""
                        + more
                        + "}}";
        PlayedCompany one =
                PlayedCompany.provisioned(
                        id,
                        "mikopbx-bitrix24",
                        settings,
                        hub,
                        sandbox,
                        Files.createDirectories(folder.resolve(id)));
        one.put("{\"clock\":{\"factor\":0.05}}");
        return one;
    }

    @Test
    @Order(1)
    void T14_aNewClientWhoTalkedGetsContactAndDealOfTheTalker() {
        company.play(CallKind.ANSWERED, "+79162220001", SPEED);

        JsonNode call = finished(company, "+79162220001", 1).get(0);

        JsonNode deal = onlyDealOf(company, contact(company, "+79162220001"));
        assertThat(deal.path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
        assertThat(deal.path("SOURCE_DESCRIPTION").asText()).startsWith("+7495100");
        assertThat(deal.path("TITLE").asText()).contains("+79162220001");
        JsonNode activity = activity(company, call);
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("7");
        assertThat(activity.path("COMPLETED").asText()).isEqualTo("Y");
        assertThat(boundTo(activity, deal)).isTrue();
    }

    @Test
    @Order(1)
    void T14_aNewClientWhomNobodyAnsweredGetsThemToo() {
        company.play(CallKind.MISSED, "+79162220002", SPEED);

        JsonNode call = finished(company, "+79162220002", 1).get(0);

        JsonNode deal = onlyDealOf(company, contact(company, "+79162220002"));
        assertThat(call.path("CALL_FAILED_CODE").asText()).isEqualTo("304");
        JsonNode activity = activity(company, call);
        assertThat(activity.path("COMPLETED").asText()).isEqualTo("N");
        assertThat(boundTo(activity, deal)).isTrue();
    }

    @Test
    @Order(1)
    void O6_whoseDealIsClosedGetsANewOne() {
        company.play(CallKind.ANSWERED, CLOSED, SPEED);

        JsonNode call = finished(company, CLOSED, 1).get(0);

        List<JsonNode> deals = dealsOf(company, "101");
        assertThat(deals).hasSize(2);
        assertThat(boundTo(activity(company, call), deals.get(1))).isTrue();
        assertThat(contacts(company, CLOSED)).hasSize(1);
    }

    @Test
    @Order(1)
    void O10_anOpenDealBecomesTheTalkersAndNothingIsMade() {
        company.play(CallKind.ANSWERED, OPEN, SPEED);

        JsonNode call = finished(company, OPEN, 1).get(0);

        JsonNode deal = onlyDealOf(company, "102");
        assertThat(deal.path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
        assertThat(boundTo(activity(company, call), deal)).isTrue();
        assertThat(activity(company, call).path("RESPONSIBLE_ID").asText()).isEqualTo("7");
    }

    @Test
    @Order(1)
    void X1_aTransferHasTwoRecordsAndOneDeal() {
        company.play(CallKind.BLIND_TRANSFER, "+79162220003", SPEED);

        List<JsonNode> calls = finished(company, "+79162220003", 2);

        JsonNode deal = onlyDealOf(company, contact(company, "+79162220003"));
        assertThat(calls)
                .allSatisfy(call -> assertThat(boundTo(activity(company, call), deal)).isTrue());
        assertThat(calls)
                .extracting(call -> call.path("PORTAL_USER_ID").asText())
                .containsExactlyInAnyOrder("7", "8");
    }

    @Test
    @Order(1)
    void O12_theRightResponsibleComesAfterTheDelayAndTheActivityWithHim() {
        later.play(CallKind.ANSWERED, "+79162220004", SPEED);
        JsonNode early =
                Awaitility.await("the deal with its default responsible")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> rows(later, "deals"), deals -> !deals.isEmpty())
                        .get(0);
        assertThat(early.path("ASSIGNED_BY_ID").asText()).isEqualTo("10");
        assertThat(rows(later, "activities")).isEmpty();

        JsonNode call = finished(later, "+79162220004", 1).get(0);

        JsonNode deal = onlyDealOf(later, contact(later, "+79162220004"));
        assertThat(deal.path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
        JsonNode activity = activity(later, call);
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("7");
        assertThat(time(call, "finishedAt"))
                .isAfterOrEqualTo(time(activity, "END_TIME").plus(DELAY));
        assertThat(time(activity, "START_TIME"))
                .isEqualTo(OffsetDateTime.parse(text(call, "CALL_START_DATE")).toInstant());
    }

    @Test
    @Order(2)
    void O12_aShorterDelayIsHeededByWhatWaits() throws IOException {
        PlayedCompany hour = provisioned("hour", ",\"changeAfter\":\"PT1H\"");
        hour.play(CallKind.ANSWERED, "+79162220005", SPEED);
        Awaitility.await("the deal")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !rows(hour, "deals").isEmpty());
        assertThat(rows(hour, "activities")).isEmpty();
        hub.kill();
        hub.restart();
        JsonNode document = hub.admin().json("/api/v1/companies/hour");
        String shorter = document.toString().replace("\"PT1H\"", "\"PT0S\"");

        assertThat(hub.admin().put("/api/v1/companies/hour", shorter).statusCode() / 100)
                .isEqualTo(2);

        finished(hour, "+79162220005", 1);
        assertThat(rows(hour, "deals").get(0).path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
    }

    @Test
    @Order(3)
    void aHubThatDiesBetweenDealAndCallMakesNeitherTwice() {
        dies("after-make-reply", "+79162220006");
        dies("before-register", "+79162220007");
    }

    private void dies(String point, String client) {
        ProcessHandle process = hub.process();
        company.awaitConnected(hub);
        points.arm(point);
        company.play(CallKind.ANSWERED, client, SPEED);
        points.reached(point);
        process.onExit().join();
        assertThat(contacts(company, client)).as("made when the hub died").hasSize(1);

        hub.restart();

        finished(company, client, 1);
        assertThat(contacts(company, client)).hasSize(1);
        onlyDealOf(company, contact(company, client));
    }

    /** Waits until so many calls of a client are written with their activities. */
    private static List<JsonNode> finished(PlayedCompany of, String client, int calls) {
        Predicate<JsonNode> his =
                call ->
                        text(call, "PHONE_NUMBER").equals(client)
                                && call.path("finished").asBoolean();
        Awaitility.await(client + " in " + of.id())
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () ->
                                rows(of, "calls").stream().filter(his).count() == calls
                                        && atRest(of.id()));
        return rows(of, "calls").stream().filter(his).toList();
    }

    private static boolean atRest(String of) {
        JsonNode work = hub.admin().json("/api/v1/companies/" + of + "/work");
        return work.path("items").isEmpty();
    }

    private static List<JsonNode> rows(PlayedCompany of, String part) {
        return StreamSupport.stream(of.state().path(part).spliterator(), false).toList();
    }

    private static List<JsonNode> contacts(PlayedCompany of, String number) {
        return rows(of, "contacts").stream()
                .filter(row -> text(row.path("PHONE").path(0), "VALUE").equals(number))
                .toList();
    }

    private static String contact(PlayedCompany of, String number) {
        assertThat(contacts(of, number)).hasSize(1);
        return text(contacts(of, number).get(0), "ID");
    }

    private static List<JsonNode> dealsOf(PlayedCompany of, String contact) {
        return rows(of, "deals").stream()
                .filter(deal -> text(deal, "CONTACT_ID").equals(contact))
                .toList();
    }

    private static JsonNode onlyDealOf(PlayedCompany of, String contact) {
        assertThat(dealsOf(of, contact)).hasSize(1);
        return dealsOf(of, contact).get(0);
    }

    private static JsonNode activity(PlayedCompany of, JsonNode call) {
        Stream<JsonNode> all = rows(of, "activities").stream();
        return all.filter(a -> text(a, "ID").equals(text(call, "CRM_ACTIVITY_ID")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no activity of " + call));
    }

    private static boolean boundTo(JsonNode activity, JsonNode deal) {
        return StreamSupport.stream(activity.path("BINDINGS").spliterator(), false)
                .anyMatch(
                        b ->
                                text(b, "OWNER_TYPE_ID").equals("2")
                                        && text(b, "OWNER_ID").equals(text(deal, "ID")));
    }

    private static Instant time(JsonNode row, String field) {
        return OffsetDateTime.parse(text(row, field)).toInstant();
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asText();
    }
}
