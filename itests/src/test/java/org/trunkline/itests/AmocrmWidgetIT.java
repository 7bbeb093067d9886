package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our widget in a page of an amoCRM portal, in a real browser: a click, the hub, the PBX, the card.
 * Leaves screenshots in {@code target/screenshots}; those of docs/images and of the archive's tour
 * come from there.
 */
@ExtendWith(LogsOnFailure.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AmocrmWidgetIT {
    private static final String COMPANY = "widget";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Pixels, as the vendor asks for of the tour's pictures. */
    private static final int WIDTH = 1188;

    private static final int HEIGHT = 616;

    @TempDir private static Path folder;
    private static Hub hub;
    private static Sandbox sandbox;
    private static AmiPlayback pbx;
    private static Chromium browser;
    private static AmoPage page;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.isThere(), "/usr/bin/chromium is needed");
        hub = Hub.startReachable();
        sandbox = Sandbox.start(hub);
        pbx = AmiPlayback.started(sandbox, COMPANY, 4);
        provision();
        browser = Chromium.start(folder, WIDTH, HEIGHT);
        page = new AmoPage(browser, archive(), sandbox, COMPANY);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            sandbox.close();
            hub.close();
        }
    }

    private static void provision() {
        JsonNode portal =
                Http.parse(sandbox.http().post("/sandbox/amocrm/widget/_install", "{}").body());
        ObjectNode document =
                (ObjectNode)
                        Http.parse(
                                """
                                {"name":"Acme","region":"RU",
                                 "pbx":[{"id":"office","lines":[{"number":"+74951000002","kind":"multichannel","main":true}],
                                         "employees":[{"id":"201","extension":"201","name":"Ivan Petrov"},
                                                      {"id":"202","extension":"202","name":"Olga Sidorova"},
                                                      {"id":"203","extension":"203","name":"Petr Ivanov"}]}],
                                 "portals":[{"id":"main","kind":"amocrm","name":"Main","main":true}],
                                 "integrations":[{"id":"office-main","pbx":"office","portal":"main","preset":"asterisk-amocrm",
                                                  "mapping":[{"employee":"201","user":"7"},{"employee":"202","user":"8"}],
                                                  "settings":{"clickToCall":{"enabled":true,"number":"+74951000002"}}}]}""");
        pbx.describe((ObjectNode) document.at("/pbx/0"));
        ((ObjectNode) document.at("/portals/0"))
                .put("address", portal.path("address").asText())
                .set("auth", portal.path("auth"));
        HttpResponse<String> put =
                hub.admin().put("/api/v1/companies/" + COMPANY, document.toString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        Awaitility.await("the PBX is connected")
                .atMost(SOON)
                .until(
                        () -> hub.admin().json("/health").at("/pbx/0/state").asText(),
                        "connected"::equals);
    }

    /** The archive as an administrator gets it from the hub, and nobody else. */
    private static Map<String, byte[]> archive() {
        assertThat(hub.stranger().get("/widgets/amocrm/widget.zip").statusCode()).isEqualTo(401);
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(
                        new ByteArrayInputStream(
                                hub.admin().bytes("/widgets/amocrm/widget.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    private static String address() {
        return hub.address() + "/crm/amocrm/" + COMPANY + "/main";
    }

    private static void open(String lang, String user) {
        page.open(lang, user, address(), hub.address());
    }

    private static void answers(String capture, double speed) {
        assertThat(
                        sandbox.http()
                                .post(
                                        "/sandbox/ami/widget/_answers",
                                        "{\"captures\":{\"*\":\"%s\"},\"speed\":%s}"
                                                .formatted(capture, speed))
                                .statusCode())
                .isEqualTo(204);
    }

    private static long originated(String number) {
        return StreamSupport.stream(
                        sandbox.http().json("/sandbox/ami/widget").path("originated").spliterator(),
                        false)
                .filter(action -> action.path("Exten").asText().equals(number.substring(1)))
                .count();
    }

    private static void screenshot(String name) {
        browser.screenshot(Path.of("target", "screenshots", name + ".png"));
    }

    @ParameterizedTest
    @CsvSource({
        "ru, +79163340001, Звонит ваш телефон, Разговор, Разговор окончен",
        "en, +79163340002, Your phone rings, Talking, The talk is over"
    })
    void T17_aClickRingsWhoClickedThenTheClientAndTheCardShowsIt(
            String lang, String number, String rings, String talks, String over) {
        answers("originate-click2call-pjsip", 0.8);
        open(lang, "8");
        page.openSettings();
        page.awaitSettings("Olga Sidorova (202)");

        page.click(number);
        page.awaitCard(rings);
        page.awaitCard(talks + " 0:0");
        screenshot("amocrm-widget-" + lang);
        page.awaitCard(over);

        assertThat(page.states())
                .containsSubsequence("dialling", "ringing", "talking", "over")
                .doesNotContain("failed");
        assertThat(originated(number)).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, originate-employee-busy,     +79163340003, ваш телефон занят",
        "7, originate-employee-noanswer, +79163340004, вы не сняли трубку",
        "8, originate-client-busy,       +79163340005, номер клиента занят",
        "1, originate-employee-busy,     +79163340006, вы не связаны с сотрудником",
        "7, originate-employee-busy,     112,          набрать нельзя"
    })
    void T17_theCardSaysWhyThereWasNoTalkAndWhatHelps(
            String user, String capture, String number, String why) {
        answers(capture, 4);
        open("ru", user);

        page.click(number);

        page.awaitCard(why);
        page.awaitCard("Не получилось позвонить");
        assertThat(page.states()).endsWith("failed");
    }

    @Test
    void T17_theCallIsWrittenAsOutgoingUnderWhoClicked() {
        answers("originate-click2call-pjsip", 4);
        open("en", "8");
        page.click("+79163340009");
        page.awaitCard("The talk is over");

        JsonNode note =
                Awaitility.await("the call is written")
                        .atMost(SOON)
                        .until(() -> notes("+79163340009"), notes -> notes.size() == 1)
                        .get(0);
        assertThat(note.path("note_type").asText()).isEqualTo("call_out");
        assertThat(note.path("created_by").asInt()).isEqualTo(8);
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(note.at("/params/call_status").asInt()).as("talked").isEqualTo(4);
    }

    private static List<JsonNode> notes(String number) {
        return StreamSupport.stream(
                        sandbox.state("amocrm", COMPANY).path("notes").spliterator(), false)
                .filter(note -> note.at("/params/phone").asText().equals(number))
                .toList();
    }

    @Test
    void T17_aDoubleClickCallsOnce() {
        answers("originate-click2call-pjsip", 4);
        open("en", "8");

        page.click("+79163340007");
        page.click("+79163340007");
        page.awaitCard("The talk is over");

        assertThat(originated("+79163340007")).isEqualTo(1);
    }

    @Test
    void T17_whatIsWrongWithTheSettingsIsSaidOnTheCard() {
        page.open("en", "7", address() + "-none", hub.address());
        page.click("+79163340008");
        page.awaitCard("The call failed");
        page.awaitCard("check the portal's address");

        page.open("en", "7", "", hub.address());
        page.click("+79163340008");
        page.awaitCard("have no address of the portal");

        page.open("en", "7", address(), "https://elsewhere.example");
        page.click("+79163340008");
        page.awaitCard("does not recognise this portal");
        assertThat(hub.log()).contains("TRUNKLINE_PUBLIC_URL");

        page.open("en", "7", "http://127.0.0.1:9", hub.address());
        page.click("+79163340008");
        page.awaitCard("Trunkline does not answer");
        assertThat(originated("+79163340008")).isZero();
    }

    @Test
    void T4_T17_theSettingsShowWhoIsWhichEmployee() {
        open("ru", "1");
        page.openSettings();

        page.awaitSettings("Ivan Petrov (201)");
        page.awaitSettings("Сотрудники АТС без пользователя: Petr Ivanov (203)");
        page.awaitSettings("Anna Novikovaне связан");
    }
}
