package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
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

/** From what a client sends on the company's site to what is in amoCRM then (rule I6). */
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SiteRequestIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SETTINGS =
            """
            {"callback":{"enabled":true,"number":"+74951000002",
                         "retryEvery":"PT5S","retryFor":"PT15S",
                         "routes":[{"filter":{"param":"department","values":["sales"]},
                                    "employee":"202"},
                                   {"employee":"201"}]},
             "recordings":{"durationAfter":"PT0S"},
             "notify":{"missedUsers":["9"]}}""";

    @TempDir private static Path folder;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany acme;

    @BeforeAll
    static void start() throws IOException {
        hub = Hub.start(folder.resolve("data"));
        sandbox = Sandbox.start(hub);
        acme =
                PlayedCompany.provisioned(
                        "sites",
                        "asterisk-amocrm",
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

    private static void answers(String capture) {
        int status =
                sandbox.http()
                        .post(
                                "/sandbox/ami/sites/_answers",
                                "{\"captures\":{\"*\":\"" + capture + "\"},\"speed\":4}")
                        .statusCode();
        assertThat(status).isEqualTo(204);
    }

    private static String address() {
        return "/crm/requests/sites/main/" + acme.requestSecret();
    }

    /** As the site sends it; the hub's id of the first attempt. */
    private static String sends(String number, String department) {
        HttpResponse<String> response =
                hub.stranger()
                        .form(
                                address(),
                                "phone=%2B"
                                        + number.substring(1)
                                        + "&name=Anna&comment=after+lunch&callback=true"
                                        + "&site=a.example&page=https%3A%2F%2Fa.example%2Fprice"
                                        + "&department="
                                        + department);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return Http.parse(response.body()).path("call").asText();
    }

    private static List<JsonNode> originated(String number) {
        return StreamSupport.stream(
                        sandbox.http().json("/sandbox/ami/sites").path("originated").spliterator(),
                        false)
                .filter(action -> action.path("Exten").asText().equals(number.substring(1)))
                .toList();
    }

    private static void awaitOriginated(String number, int times) {
        Awaitility.await(number + " is called back")
                .atMost(SOON)
                .until(() -> originated(number).size() == times);
    }

    private static List<JsonNode> rows(String part) {
        return StreamSupport.stream(acme.state().path(part).spliterator(), false).toList();
    }

    private static List<JsonNode> notes(String type, String with) {
        return rows("notes").stream()
                .filter(note -> note.path("note_type").asText().equals(type))
                .filter(note -> note.path("params").toString().contains(with))
                .toList();
    }

    private static List<JsonNode> await(String what, String type, String with) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> notes(type, with), found -> found.size() == 1);
    }

    private static JsonNode call(String id) {
        return hub.admin().json("/api/v1/companies/sites/calls/" + id);
    }

    @Test
    @Order(1)
    void I6_aBusyEmployeeIsRungAgain_andTheRequestIsAnAnsweredCallAtItsDeal() {
        answers("originate-employee-busy");
        String first = sends("+79164440001", "sales");
        awaitOriginated("+79164440001", 1);
        answers("originate-click2call-pjsip");

        JsonNode called = await("the call", "call_in", "+79164440001").get(0);
        JsonNode told = await("the request", "common", "+79164440001").get(0);

        assertThat(called.path("params").path("call_status").asInt()).isEqualTo(4);
        assertThat(called.path("responsible_user_id").asText()).isEqualTo("8");
        assertThat(told.path("entity_id")).isEqualTo(called.path("entity_id"));
        assertThat(told.path("params").path("text").asText())
                .contains("name: Anna", "comment: after lunch", "department: sales");
        assertThat(rows("unsorted")).isEmpty();
        List<JsonNode> orders = originated("+79164440001");
        assertThat(orders).hasSize(2);
        assertThat(orders.get(0).toString())
                .contains("PJSIP/202")
                .contains("CONNECTEDLINE(name,i)=Anna: after lunch");
        assertThat(call(first).path("decisions").toString())
                .contains("attempt 1 reached no employee")
                .contains("the next one is call");
    }

    @Test
    @Order(1)
    void I6_theSameRequestTwiceRingsOnce() {
        answers("originate-click2call-pjsip");
        String id = sends("+79164440002", "");

        assertThat(sends("+79164440002", "")).isEqualTo(id);

        await("the call", "call_in", "+79164440002");
        assertThat(originated("+79164440002")).hasSize(1);
    }

    @Test
    @Order(1)
    void I6_withoutTheSecretNothingIsTaken() {
        assertThat(
                        hub.stranger()
                                .form(
                                        "/crm/requests/sites/main/0123456789abcdef",
                                        "phone=%2B79164440009&callback=true")
                                .statusCode())
                .isEqualTo(401);
        assertThat(hub.logTail()).doesNotContain(acme.requestSecret());
    }

    @Test
    @Order(2)
    void I6_nobodyReachedForTheWholeTime_itIsOneUnsortedFormWithAllParameters() {
        answers("originate-employee-busy");
        sends("+79164440003", "support");

        JsonNode entry =
                Awaitility.await("the entry")
                        .atMost(Duration.ofSeconds(120))
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> rows("unsorted"), rows -> !rows.isEmpty())
                        .get(0);

        assertThat(entry.path("category").asText()).isEqualTo("forms");
        assertThat(entry.path("metadata").path("form_page").asText())
                .isEqualTo("https://a.example/price");
        int attempts = originated("+79164440003").size();
        assertThat(attempts).as("every 5 s for 15 s").isBetween(2, 3);
        JsonNode told = await("the request", "common", "+79164440003").get(0);
        assertThat(told.path("params").path("text").asText()).contains("department: support");
        assertThat(notes("call_in", "+79164440003")).as("a request is no call").isEmpty();
        assertThat(rows("unsorted")).hasSize(1);
        Awaitility.await("user 9 is told as of a missed call")
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(rows("cards"))
                                        .anySatisfy(
                                                card -> {
                                                    assertThat(card.path("user").asText())
                                                            .isEqualTo("9");
                                                    assertThat(card.path("phone").asText())
                                                            .isEqualTo("+79164440003");
                                                }));
    }

    @Test
    @Order(3)
    void I6_aHubThatIsKilledBetweenTwoAttemptsGoesOnWithTheNext() {
        acme.awaitConnected(hub);
        answers("originate-employee-busy");
        String first = sends("+79164440004", "");
        Awaitility.await("the first attempt is over")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> call(first).path("decisions").toString().contains("again at"));
        hub.kill();
        assertThat(originated("+79164440004")).hasSize(1);
        answers("originate-click2call-pjsip");
        hub.restart();

        JsonNode called = await("the call", "call_in", "+79164440004").get(0);

        assertThat(called.path("params").path("call_status").asInt()).isEqualTo(4);
        assertThat(originated("+79164440004")).hasSize(2);
        assertThat(await("the request", "common", "+79164440004").get(0).path("entity_id"))
                .isEqualTo(called.path("entity_id"));
    }
}
