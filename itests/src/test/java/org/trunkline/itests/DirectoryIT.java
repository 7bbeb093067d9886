package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

/** What the distribution knows of a portal: its users and pipelines, its lines, its phone book. */
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DirectoryIT {
    private static final String PORTAL = "/api/v1/companies/known/portals/main";
    private static final String INTEGRATION = "/api/v1/companies/known/integrations/office-main";

    private static final int MANY = 6000;
    private static final OffsetDateTime LONG_AGO =
            OffsetDateTime.parse("2026-01-01T00:00:00+03:00");

    @TempDir private static Path folder;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany company;
    private static PlayedCompany booked;

    @BeforeAll
    static void start() throws IOException {
        hub = Hub.start(folder.resolve("data"));
        sandbox = Sandbox.start(hub);
        company =
                PlayedCompany.provisioned(
                        "known",
                        "t2-bitrix24",
                        "{}",
                        hub,
                        sandbox,
                        Files.createDirectories(folder.resolve("known")));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    @Test
    @Order(1)
    void T4_aNewPortalIsReadWithinSecondsAndItsEmployeesAreSuggested() {
        Awaitility.await("the users")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !items(PORTAL + "/users").isEmpty());

        assertThat(items(PORTAL + "/users"))
                .extracting(user -> user.path("id").asText())
                .contains("7", "8");
        assertThat(items(PORTAL + "/pipelines")).hasSize(2);
        JsonNode suggestion = items(INTEGRATION + "/mapping/suggestions").get(0);
        assertThat(suggestion.path("user").asText()).isEqualTo("7");
        assertThat(suggestion.path("by").asText()).isEqualTo("extension");
    }

    @Test
    @Order(1)
    void T6_itsNumbersAreLinesOfThePortal() {
        Awaitility.await("the lines")
                .atMost(Duration.ofSeconds(30))
                .until(() -> company.state().path("lines").size() > 1);

        assertThat(company.state().path("lines").findValuesAsText("NAME"))
                .contains("+74951000001, Ivan Petrov", "+74951000002");
    }

    @Test
    @Order(2)
    void O17_aSynchronisationFollowsThePortalAndTheDocument() {
        company.put("{\"sources\":[{\"STATUS_ID\":\"FAIR\",\"NAME\":\"Fair\"}]}");
        ObjectNode document = (ObjectNode) hub.admin().json("/api/v1/companies/known");
        document.remove("warnings");
        ((ObjectNode) document.at("/pbx/0/employees/0")).put("name", "Ivan Sidorov");
        ((ObjectNode) document.at("/integrations/0"))
                .set(
                        "settings",
                        Http.parse(
                                "{\"pipelines\":{\"incoming\":{\"pipeline\":\"77\",\"stage\":\"NEW\"}}}"));

        JsonNode put =
                Http.parse(hub.admin().put("/api/v1/companies/known", document.toString()).body());
        JsonNode done = Http.parse(hub.admin().post(PORTAL + "/synchronise", "").body());

        assertThat(put.path("warnings").findValuesAsText("message"))
                .anyMatch(message -> message.contains("no pipeline '77'"));
        assertThat(done.path("synchronised").asBoolean()).as(done.toString()).isTrue();
        assertThat(items(PORTAL + "/sources").get(0).path("id").asText()).isEqualTo("FAIR");
        Awaitility.await("the line's new name")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                company.state()
                                        .path("lines")
                                        .findValuesAsText("NAME")
                                        .contains("+74951000001, Ivan Sidorov"));
        assertThat(hub.admin().json(INTEGRATION + "/check").path("causes").findValuesAsText("path"))
                .contains("/responsible/incomingDefault");
    }

    @Test
    @Order(3)
    void X7_theBookIsFilledOverAKillAndKnowsItsClientsWhileThePortalIsDown() throws IOException {
        StringBuilder contacts = new StringBuilder();
        for (int id = 1; id <= MANY; id++) {
            contacts.append(id == 1 ? "" : ",")
                    .append("{\"ID\":\"%d\",\"NAME\":\"Client %d\",".formatted(id, id))
                    .append("\"DATE_MODIFY\":\"%s\",".formatted(LONG_AGO.plusMinutes(id)))
                    .append("\"ASSIGNED_BY_ID\":\"9\",\"PHONE\":\"+7916%07d\"}".formatted(id));
        }
        sandbox.http().put("/sandbox/bitrix24/booked/_state", "{\"contacts\":[" + contacts + "]}");
        booked =
                PlayedCompany.provisioned(
                        "booked",
                        "t2-bitrix24",
                        "{}",
                        hub,
                        sandbox,
                        Files.createDirectories(folder.resolve("booked")));
        Awaitility.await("a part of the book")
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            // H2 shows a commit shortly before it is on disk. A second step begins
                            // only when the first is there, and a step is 8 percent.
                            int percent = book("").path("percent").asInt();
                            return percent > 10 && percent < 100;
                        });

        hub.kill();
        hub.restart();
        Awaitility.await("the bundle that keeps the book")
                .atMost(Duration.ofSeconds(30))
                .until(() -> book("").has("entries"));
        int resumed = book("").path("entries").path("contact").asInt();
        Awaitility.await("the whole book")
                .atMost(Duration.ofMinutes(2))
                .until(() -> book("").path("state").asText().equals("current"));
        booked.fault("{\"kind\":\"down\",\"forSeconds\":600}");

        JsonNode client = book("?number=%2B79160003999").path("client");
        booked.clearFaults();
        assertThat(resumed).isBetween(1, MANY);
        assertThat(book("").path("entries").path("contact").asInt()).isEqualTo(MANY);
        assertThat(client.path(0).path("name").asText()).isEqualTo("Client 3999");
    }

    @Test
    @Order(4)
    void X7_aCallOfAClientInTheBookCostsNoLookUp() {
        Awaitility.await("a book that is whole and follows")
                .atMost(Duration.ofSeconds(100))
                .until(() -> book("").path("state").asText().equals("current"));
        booked.awaitConnected(hub);
        booked.put("{\"ledger\":[]}");

        booked.play(CallKind.ANSWERED, "+79160000777", 2);
        Awaitility.await("the call")
                .atMost(Duration.ofSeconds(60))
                .until(() -> finished("+79160000777"));

        // A request stands in the ledger once it was answered, which is after the call is finished.
        Awaitility.await("the request that finished it")
                .until(() -> booked.state().path("ledger").toString().contains("finish"));
        List<String> requests =
                StreamSupport.stream(booked.state().path("ledger").spliterator(), false)
                        .map(request -> request.path("names").toString())
                        .toList();
        assertThat(requests).anyMatch(names -> names.contains("finish"));
        assertThat(requests).noneMatch(names -> names.contains("findbycomm"));
    }

    @Test
    @Order(5)
    void T20_I8_X7_callsAreRoutedInMillisecondsWhileThePortalIsDown() throws IOException {
        hub.admin()
                .put(
                        "/api/v1/companies/booked/integrations/office-main/settings",
                        "{\"routing\":{\"enabled\":true,\"callerName\":true}}");
        booked.fault("{\"kind\":\"down\",\"forSeconds\":600}");

        JsonNode answer = Http.parse(asked("79160000777", "74951000002").body());
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            long begin = System.nanoTime();
            assertThat(asked("7916%07d".formatted(i), "74951000002").statusCode()).isEqualTo(200);
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        List<String> said = saidOverFastAgi("79160000778", "74951000002");
        booked.clearFaults();

        assertThat(answer.path("extension").asText()).isEqualTo("203");
        assertThat(answer.path("name").asText()).isEqualTo("Client 777");
        assertThat(answer.path("timeoutSeconds").asInt()).isEqualTo(10);
        assertThat(said)
                .containsExactly(
                        "SET VARIABLE CALLERID(name) \"Client 778\"",
                        "SET VARIABLE TRUNKLINE_TIMEOUT \"10\"",
                        "SET VARIABLE TRUNKLINE_EXTEN \"203\"");
        assertThat(millis.stream().sorted().toList().get(50)).as(millis.toString()).isLessThan(50);
        assertThat(Http.parse(asked("79160000777", "74951000001").body()).has("extension"))
                .as("an employee's own number")
                .isFalse();
        assertThat(asked("79169999999", "74951000002").statusCode()).isEqualTo(204);
        assertThat(hub.stranger().status("/pbx/asterisk/booked/office/no/route?caller=1"))
                .isEqualTo(401);
    }

    private static HttpResponse<String> asked(String caller, String line) {
        return hub.stranger()
                .get(
                        "/pbx/asterisk/booked/office/"
                                + booked.questionSecret()
                                + "/route?caller=%2B"
                                + caller
                                + "&line=%2B"
                                + line);
    }

    /** What an Asterisk would be told to do. */
    private static List<String> saidOverFastAgi(String caller, String line) throws IOException {
        List<String> said = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port() + 3)) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
            out.write("agi_network_script: route/booked/office/" + booked.questionSecret() + "\n");
            out.write("agi_callerid: " + caller + "\nagi_extension: " + line + "\n\n");
            out.flush();
            for (String next = in.readLine(); next != null; next = in.readLine()) {
                said.add(next);
                out.write("200 result=1\n");
                out.flush();
            }
        }
        return said;
    }

    private static boolean finished(String client) {
        return StreamSupport.stream(booked.state().path("calls").spliterator(), false)
                .anyMatch(
                        call ->
                                call.path("PHONE_NUMBER").asText().equals(client)
                                        && call.path("finished").asBoolean());
    }

    private static JsonNode book(String query) {
        return hub.admin().json("/api/v1/companies/booked/portals/main/phone-book" + query);
    }

    private static List<JsonNode> items(String path) {
        JsonNode items = hub.admin().json(path).path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}
