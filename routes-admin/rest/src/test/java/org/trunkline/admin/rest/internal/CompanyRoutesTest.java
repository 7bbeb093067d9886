package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

class CompanyRoutesTest {

    private final Crm crm = new Crm();
    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        crm.has(Crm.user("7", true));
        hub = new TestHub(folder, List.of(), List.of(crm), List.of());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aDocumentIsTakenAndShownWithoutItsSecrets() {
        var put = hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
        var got = hub.get("/api/v1/companies/acme");

        assertThat(put.status()).isEqualTo(200);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.type()).startsWith("application/json");
        assertThat(got.json()).isEqualTo(put.json());
        assertThat(got.text()).doesNotContain("-word");
        assertThat(got.json().at("/pbx/0/employees/0/name").textValue()).isEqualTo("Ivan Petrov");
        assertThat(hub.store.companies.secret("acme", "pbx/office/secret")).contains("ami-word");
        assertThat(hub.store.companies.latest("acme").orElseThrow().version())
                .satisfies(v -> assertThat(v.number()).isEqualTo(1))
                .satisfies(v -> assertThat(v.author()).isNotEqualTo("unknown").isNotBlank());
    }

    @Test
    void T2_aPortalThatAnotherCompanyHoldsIsRefusedUntilThatOneLetsItGo() {
        String document =
                Acme.DOCUMENT.replace("\"accessToken\"", "\"memberId\":\"m1\",\"accessToken\"");
        hub.put("/api/v1/companies/acme", document);

        var refused = hub.put("/api/v1/companies/beta", document);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/path").textValue())
                .isEqualTo("/portals/0/auth/memberId");
        assertThat(refused.json().at("/errors/0/message").textValue()).contains("company acme");
        assertThat(hub.get("/api/v1/companies/beta").status()).isEqualTo(404);
        assertThat(hub.put("/api/v1/companies/acme", document).status()).isEqualTo(200);

        hub.put(
                "/api/v1/companies/acme",
                "{\"name\":\"Acme\",\"pbx\":[],\"portals\":[],\"integrations\":[]}");
        assertThat(hub.put("/api/v1/companies/beta", document).status()).isEqualTo(200);
    }

    @Test
    void theExampleOfTheDocumentationIsTaken() throws Exception {
        String example = Files.readString(Path.of("../../docs/acme.json"));

        assertThat(hub.put("/api/v1/companies/acme", example).status()).isEqualTo(200);
    }

    @Test
    void whatWasShownCanBePutBackAndKeepsTheSecrets() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
        String shown = hub.get("/api/v1/companies/acme").text();

        var again = hub.put("/api/v1/companies/acme", shown.replace("\"Acme\"", "\"Acme Ltd\""));

        assertThat(again.status()).isEqualTo(200);
        assertThat(hub.get("/api/v1/companies/acme").json().path("name").textValue())
                .isEqualTo("Acme Ltd");
        assertThat(hub.store.companies.secret("acme", "portals/main/auth/accessToken"))
                .contains("at-word");
    }

    @Test
    void aWrongDocumentIsRefusedWholeWithPlaceAndCureOfEachMistake() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
        String wrong =
                Acme.DOCUMENT
                        .replace("\"port\":5038", "\"port\":70000")
                        .replace("mikopbx-bitrix24", "nobody")
                        .replace("\"Acme\"", "\"Renamed\"");

        var refused = hub.put("/api/v1/companies/acme", wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.type()).startsWith("application/problem+json");
        assertThat(refused.json().path("status").intValue()).isEqualTo(422);
        assertThat(refused.json().path("errors").findValuesAsText("path"))
                .containsExactlyInAnyOrder("/pbx/0/port", "/integrations/0/preset");
        for (JsonNode error : refused.json().path("errors")) {
            assertThat(error.path("message").textValue()).isNotBlank();
            assertThat(error.path("cure").textValue()).isNotBlank();
        }
        assertThat(hub.get("/api/v1/companies/acme").json().path("name").textValue())
                .isEqualTo("Acme");
    }

    @Test
    void brokenJsonIsToldWithLineAndColumn() {
        var refused = hub.put("/api/v1/companies/acme", "{\"name\":\"Acme\",\n  \"pbx\" []}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).startsWith("application/problem+json");
        assertThat(refused.json().path("line").intValue()).isEqualTo(2);
        assertThat(refused.json().path("column").intValue()).isBetween(8, 10);
        assertThat(refused.json().path("detail").textValue()).contains("line 2");
    }

    @Test
    void aKeyGivenTwiceIsBrokenJson() {
        var refused = hub.put("/api/v1/companies/acme", "{\"name\":\"Acme\",\"name\":\"Other\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").textValue()).contains("name");
    }

    @Test
    void nothingAtAllAndTextAfterTheEndAreRefused() {
        assertThat(hub.put("/api/v1/companies/acme", "").status()).isBetween(400, 422);
        assertThat(hub.put("/api/v1/companies/acme", Acme.DOCUMENT + " {}").status())
                .isEqualTo(400);
        assertThat(hub.get("/api/v1/companies/acme").status()).isEqualTo(404);
    }

    @Test
    void aKeyThatCouldNotStandInAnAddressIsRefused() {
        var refused = hub.put("/api/v1/companies/-acme", Acme.DOCUMENT);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("-acme").contains("letter or digit");
    }

    @Test
    void anUnknownCompanyIsNotFound() {
        var reply = hub.get("/api/v1/companies/nobody");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").textValue()).contains("nobody");
    }

    @Test
    void O15_whatMaySurpriseIsToldWithTheAcceptedDocument() {
        String late =
                """
                {"filters":{"incoming":{"enabled":true,
                  "filter":{"param":"employee","mode":"include","values":["ivan"]}}}}""";

        var put = hub.put("/api/v1/companies/acme", settings(late));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("warnings").findValuesAsText("path"))
                .containsExactly("/integrations/0/settings/filters/incoming/filter");
        assertThat(put.json().at("/warnings/0/message").textValue()).contains("O15");
        assertThat(put.json().at("/warnings/0/cure").textValue()).isNotBlank();
        assertThat(hub.get("/api/v1/companies/acme").json().has("warnings")).isFalse();
        assertThat(hub.put("/api/v1/companies/acme", put.text()).status()).isEqualTo(200);
    }

    @Test
    void O17_usersThatThePortalLacksOrHasDismissedAreWarnedOf() {
        crm.has(Crm.user("7", false), Crm.user("8", true));
        String settings =
                """
                {"record":{"missedWithoutEmployee":{"enabled":true,"user":"99"}},
                 "responsible":{"missed":"8","incomingDefault":"7","outgoingDefault":"8"}}""";

        var put = hub.put("/api/v1/companies/acme", settings(settings));

        assertThat(put.status()).isEqualTo(200);
        JsonNode warnings = put.json().path("warnings");
        assertThat(warnings.findValuesAsText("path"))
                .containsExactly(
                        "/integrations/0/mapping/0/user",
                        "/integrations/0/settings/responsible/incomingDefault",
                        "/integrations/0/settings/record/missedWithoutEmployee/user");
        assertThat(warnings.at("/0/message").textValue())
                .contains("'7' (User 7)")
                .contains("dismissed");
        assertThat(warnings.at("/2/message").textValue()).contains("no user '99'");
        assertThat(warnings.at("/2/cure").textValue()).contains("active");
        assertThat(hub.store.companies.find("acme")).isPresent();
    }

    @Test
    void T4_aUserWhoIsNewInTheCrmIsFoundByAskingAgain() {
        crm.users = () -> crm.questions.size() < 2 ? List.of() : List.of(Crm.user("7", true));

        assertThat(hub.put("/api/v1/companies/acme", Acme.DOCUMENT).json().has("warnings"))
                .isFalse();
        assertThat(crm.questions).hasSize(2);
        assertThat(crm.questions.get(1)).isLessThan(crm.questions.get(0));
    }

    @Test
    void aPortalThatAnswersAMomentLaterIsAskedAgain() {
        crm.users =
                () -> {
                    if (crm.questions.size() == 1) {
                        throw new Fault.Retryable("another hub serves it", Duration.ofSeconds(1));
                    }
                    return List.of(Crm.user("7", true));
                };

        assertThat(hub.put("/api/v1/companies/acme", Acme.DOCUMENT).json().has("warnings"))
                .isFalse();
    }

    @Test
    void O17_aPortalThatIsDownDoesNotStandInTheWay() {
        crm.users =
                () -> {
                    throw new Fault.Retryable("no connection to acme.bitrix24.ru", Duration.ZERO);
                };

        var put = hub.put("/api/v1/companies/acme", Acme.DOCUMENT);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("warnings")).hasSize(1);
        assertThat(put.json().at("/warnings/0/path").textValue()).isEqualTo("/portals/0");
        assertThat(put.json().at("/warnings/0/message").textValue())
                .contains("could not be checked: no connection to acme.bitrix24.ru");
    }

    @Test
    void aPortalThatRefusesUsComesWithTheCure() {
        crm.users =
                () -> {
                    throw new Fault.Auth("Bitrix24 refused user.get", "install it anew");
                };

        assertThat(
                        hub.put("/api/v1/companies/acme", Acme.DOCUMENT)
                                .json()
                                .at("/warnings/0/message")
                                .textValue())
                .endsWith("Bitrix24 refused user.get; install it anew");
    }

    @Test
    void O17_aPortalThatHangsIsWaitedForThreeSeconds() {
        CountDownLatch answer = new CountDownLatch(1);
        crm.users =
                () -> {
                    awaitForever(answer);
                    return List.of();
                };
        long start = System.nanoTime();

        var put = hub.put("/api/v1/companies/acme", Acme.DOCUMENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(10));
        answer.countDown();
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().at("/warnings/0/message").textValue())
                .contains("could not be checked: no answer within 3 s");
    }

    @Test
    void whoNamesNoUsersIsNotAskedFor() {
        var put = hub.put("/api/v1/companies/acme", "{\"name\":\"Acme\"}");

        assertThat(put.json().has("warnings")).isFalse();
        assertThat(crm.questions).isEmpty();
    }

    private static void awaitForever(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("a portal's question is never interrupted", e);
        }
    }

    private static String settings(String settings) {
        assertThat(Acme.DOCUMENT).contains("\"settings\":{}");
        return Acme.DOCUMENT.replace("\"settings\":{}", "\"settings\":" + settings);
    }

    @Test
    void companiesAreListedWithTheirParts() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);

        assertThat(hub.get("/api/v1/companies").json())
                .isEqualTo(
                        Json.tree(
                                """
                                {"items":[{"id":"acme","name":"Acme","pbx":["office"],
                                  "portals":["main"],"integrations":["office-main"]}]}"""));
    }

    @Test
    void aStrangerSeesNothing() {
        assertThat(hub.getAsStranger("/api/v1/companies").status()).isEqualTo(401);
        assertThat(hub.getAsStranger("/metrics").status()).isEqualTo(401);
    }

    @Test
    void whileTheStoreCannotBeWrittenItSaysComeAgain() {
        hub.store.close();

        var reply = hub.put("/api/v1/companies/acme", Acme.DOCUMENT);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsKey("retry-after");
    }
}
