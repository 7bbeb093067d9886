package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * Our page in a portal's frame in a real browser, with a stand-in for the vendor's script. Leaves
 * screenshots in {@code target/screenshots}; those of docs/images come from there.
 */
@ExtendWith(LogsOnFailure.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AppPageIT {
    private static final String BX24 =
            """
            window.BX24 = {
              finished: 0,
              init: function (ready) { setTimeout(ready, 0); },
              installFinish: function () { this.finished += 1; },
              fitWindow: function () {}
            };
            """;
    private static final String COMPANY = "Ромашка";
    private static final String OUTCOME = "document.getElementById('outcome').dataset.done";
    private static final String WORDS = "document.getElementById('words').textContent";

    @TempDir private static Path folder;
    private static Hub hub;
    private static Sandbox sandbox;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.isThere(), "/usr/bin/chromium is needed");
        hub = Hub.start();
        sandbox = Sandbox.start(hub);
        browser = Chromium.start(folder, 800, 860);
        browser.before(BX24);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            sandbox.close();
            hub.close();
        }
    }

    /** A company whose portal has no tokens yet. */
    private static void provision(String id) {
        JsonNode portal =
                Http.parse(
                        sandbox.http().post("/sandbox/bitrix24/" + id + "/_install", "{}").body());
        String document =
                """
                {"name":"%s","region":"RU","pbx":[],"integrations":[],
                 "portals":[{"id":"main","kind":"bitrix24","name":"Main","address":"%s","main":true,
                             "auth":{"clientId":"%s","clientSecret":"%s"}}]}"""
                        .formatted(
                                COMPANY,
                                portal.path("address").asText(),
                                portal.at("/auth/clientId").asText(),
                                portal.at("/auth/clientSecret").asText());
        assertThat(hub.admin().put("/api/v1/companies/" + id, document).statusCode())
                .isEqualTo(200);
        assertThat(
                        hub.admin()
                                .post("/api/v1/companies/" + id + "/portals/main/installation", "")
                                .statusCode())
                .isEqualTo(200);
    }

    private static String page(String portal, String id, String lang) {
        return portal
                + "/sandbox/bitrix24/"
                + id
                + "/_app?lang="
                + lang
                + "&handler="
                + hub.address()
                + "/crm/bitrix24/"
                + id
                + "/main/app";
    }

    private static void press(String button) {
        browser.in(hub.address(), "document.querySelector('[data-act=" + button + "]').click()");
        browser.awaitIn(hub.address(), OUTCOME, button);
    }

    @ParameterizedTest
    @CsvSource({
        "ru,привязан к компании,Токены обновлены,'Связь есть, всё в порядке'",
        "en,is bound to company,The tokens were renewed,'Connected, all is well'"
    })
    void T1_T3_thePageInstallsRenewsAndChecksInsideThePortal(
            String lang, String bound, String renewed, String well) {
        String id = "page-" + lang;
        provision(id);

        browser.open(page(sandbox.address(), id, lang));
        browser.awaitIn(hub.address(), "window.BX24 && window.BX24.finished", "1");

        browser.awaitIn(hub.address(), "document.querySelector('h2').textContent", bound);
        browser.awaitIn(hub.address(), "document.querySelector('h2').textContent", COMPANY);
        press("refresh-tokens");
        browser.awaitIn(hub.address(), WORDS, renewed);
        press("check");
        browser.awaitIn(hub.address(), WORDS, well);
        browser.screenshot(Path.of("target", "screenshots", "bitrix24-app-" + lang + ".png"));
        assertThat(browser.in(hub.address(), "document.querySelector('a').href"))
                .hasValue(hub.address() + "/api/v1/companies/" + id);
        assertThat(browser.complaints())
                .filteredOn(said -> said.contains("Content Security") || said.contains("Error:"))
                .isEmpty();
        assertThat(browser.in(hub.address(), "document.documentElement.scrollWidth > innerWidth"))
                .hasValue("false");
    }

    @Test
    void anotherSiteCannotFrameThePage() {
        provision("framed");
        String elsewhere = sandbox.address().replace("127.0.0.1", "localhost");

        browser.open(page(elsewhere, "framed", "en"));

        Awaitility.await("the browser refuses the frame")
                .until(
                        () ->
                                browser.complaints().stream()
                                        .anyMatch(said -> said.contains("frame-ancestors")));
        assertThat(browser.in(hub.address(), "document.body")).isEmpty();
    }
}
