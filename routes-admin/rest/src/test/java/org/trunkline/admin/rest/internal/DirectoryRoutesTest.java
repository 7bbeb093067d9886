package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Fault;
import org.trunkline.model.PortalDirectory.Change;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** Reading what is known of a portal, bringing it up to date, and what follows from it. */
class DirectoryRoutesTest {

    private static final String PORTAL = "/api/v1/companies/acme/portals/main";
    private static final String INTEGRATION = "/api/v1/companies/acme/integrations/office-main";

    @TempDir Path folder;
    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new TestHub(folder);
        assertThat(hub.put("/api/v1/companies/acme", Acme.DOCUMENT).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void T4_usersPipelinesFieldsSourcesAndLinesAreListedWithTheirAge() {
        hub.directory.known = () -> KnownPortals.portal(true, Crm.user("7", true));

        assertThat(hub.get(PORTAL + "/users").json().at("/items/0/id").asText()).isEqualTo("7");
        JsonNode pipelines = hub.get(PORTAL + "/pipelines").json();
        assertThat(pipelines.at("/items/1/stages/0/id").asText()).isEqualTo("C3:NEW");
        assertThat(pipelines.at("/items/1/stages/0/meaning").asText()).isEqualTo("open");
        assertThat(pipelines.at("/leadStages/1/id").asText()).isEqualTo("IN_PROCESS");
        assertThat(pipelines.path("leads").asBoolean()).isTrue();
        assertThat(pipelines.path("readAt").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        JsonNode field = hub.get(PORTAL + "/fields").json().at("/items/0");
        assertThat(field.path("code").asText()).isEqualTo("UF_CRM_LEAD");
        assertThat(field.path("kind").asText()).isEqualTo("lead");
        assertThat(hub.get(PORTAL + "/sources").json().at("/items/0/id").asText())
                .isEqualTo("CALL");
        assertThat(hub.get(PORTAL + "/lines").json().at("/items/0/ours").asBoolean()).isTrue();
    }

    @Test
    void T4_whatWasNeverReadIsEmptyAndHasNoAge() {
        JsonNode users = hub.get(PORTAL + "/users").json();

        assertThat(users.path("items")).isEmpty();
        assertThat(users.has("readAt")).isFalse();
        assertThat(hub.get("/api/v1/companies/acme/portals/x/users").status()).isEqualTo(404);
        assertThat(hub.get(INTEGRATION + "/mapping/suggestions").status()).isEqualTo(503);
    }

    @Test
    void X7_thePhoneBookTellsHowFarItIsAndWhoHasANumber() {
        JsonNode book = hub.get(PORTAL + "/phone-book").json();
        assertThat(book.path("state").asText()).isEqualTo("filling");
        assertThat(book.path("percent").asInt()).isEqualTo(58);
        assertThat(book.path("caughtUpAt").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(book.at("/entries/contact").asInt()).isEqualTo(1000);
        assertThat(book.has("client")).isFalse();

        JsonNode known = hub.get(PORTAL + "/phone-book?number=89161234567").json();
        assertThat(known.at("/client/0/name").asText()).isEqualTo("Olga");
        assertThat(known.at("/client/0/kind").asText()).isEqualTo("contact");
        assertThat(hub.get(PORTAL + "/phone-book?number=%2B79160000000").json().path("client"))
                .isEmpty();
        assertThat(hub.get(PORTAL + "/phone-book?number=x").status()).isEqualTo(400);
    }

    @Test
    void X7_theHealthPageTellsHowFarThePhoneBookIs() {
        JsonNode book = hub.get("/health").json().at("/portals/0/phoneBook");

        assertThat(book.path("state").asText()).isEqualTo("filling");
        assertThat(book.path("percent").asInt()).isEqualTo(58);
    }

    @Test
    void O17_synchroniseTellsWhatChangedAndWhatIsWrong() {
        hub.directory.synchronised =
                () ->
                        new Synchronised(
                                KnownPortals.portal(true),
                                Map.of(
                                        Part.PIPELINES,
                                        new Change(2, List.of("3 Repeat"), List.of(), List.of())),
                                List.of(new Problem(Part.USERS, "no scope", "tick it")),
                                List.of());

        JsonNode done = hub.post(PORTAL + "/synchronise").json();

        assertThat(done.path("synchronised").asBoolean()).isFalse();
        assertThat(done.at("/changes/pipelines/added/0").asText()).isEqualTo("3 Repeat");
        assertThat(done.at("/problems/0/part").asText()).isEqualTo("users");
        assertThat(done.at("/problems/0/cure").asText()).isEqualTo("tick it");
    }

    @Test
    void O17_aPortalThatCannotBeAskedIsAnAnswerWithItsCure() {
        hub.directory.synchronised =
                () -> {
                    throw new Fault.Auth("tokens are dead", "install again");
                };

        JsonNode done = hub.post(PORTAL + "/synchronise").json();

        assertThat(done.path("synchronised").asBoolean(true)).isFalse();
        assertThat(done.path("outcome").asText()).isEqualTo("tokens are dead");
        assertThat(done.path("cure").asText()).isEqualTo("install again");
    }

    @Test
    void T4_employeesAreSuggestedTheirUsers() {
        CrmUser ivan =
                new CrmUser(
                        "17", "Ivan Petrov", Optional.empty(), Optional.of("201"), List.of(), true);
        hub.directory.known = () -> KnownPortals.portal(true, ivan);

        JsonNode suggestion = hub.get(INTEGRATION + "/mapping/suggestions").json().at("/items/0");

        assertThat(suggestion.path("employee").asText()).isEqualTo("ivan");
        assertThat(suggestion.path("mapped").asText()).isEqualTo("7");
        assertThat(suggestion.path("user").asText()).isEqualTo("17");
        assertThat(suggestion.path("by").asText()).isEqualTo("extension");
        assertThat(suggestion.path("reason").asText()).isEqualTo("equal extension");
    }

    @Test
    void O17_theCheckNamesWhyNothingIsCreatedAndWhyThingsAreCreatedTwice() {
        hub.directory.known = () -> KnownPortals.portal(true, Crm.user("7", true));
        hub.directory.beside = () -> List.of("the CRM's own telephony (3 calls)");
        settings("{\"entities\":{\"createBy\":\"nobody\"}}");

        JsonNode report = hub.get(INTEGRATION + "/check").json();

        assertThat(report.path("causes").findValuesAsText("path")).contains("/entities/createBy");
        assertThat(report.at("/causes/0/explains").asText()).isEqualTo("nothingCreated");
        JsonNode last = report.path("causes").path(report.path("causes").size() - 1);
        assertThat(last.path("explains").asText()).isEqualTo("duplicates");
        assertThat(last.path("message").asText()).contains("own telephony");
        assertThat(report.path("unchecked")).isEmpty();
    }

    @Test
    void O17_theCheckSaysWhatItCouldNotSee() {
        hub.directory.beside =
                () -> {
                    throw new Fault.Auth("no right to call statistics", "ask an administrator");
                };

        JsonNode report = hub.get(INTEGRATION + "/check").json();

        assertThat(report.at("/unchecked/0").asText()).contains("no right to call statistics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | {'pipeline':'9','stage':'NEW'} | /pipeline | name one of 0 (Sales), 3",
                "false | {'pipeline':'3','stage':'NEW'} | /stage | name one of C3:NEW",
                "true | {'pipeline':'0','stage':'C3:NEW'} | /stage | name one of NEW"
            })
    void O16_aPipelineOrStageThatThePortalLacksIsWarnedOf(
            boolean leads, String place, String path, String cure) {
        hub.directory.known = () -> KnownPortals.portal(leads);

        JsonNode warnings =
                settings(
                        "{\"entities\":{\"createBy\":\"hub\"},\"pipelines\":{\"incoming\":"
                                + place.replace('\'', '"')
                                + "}}");

        assertThat(doubt(warnings, "/integrations/0/settings/pipelines/incoming" + path))
                .contains(cure);
    }

    @Test
    void O16_whatThePortalHasIsNotWarnedOf() {
        hub.directory.known = () -> KnownPortals.portal(false);

        JsonNode warnings =
                settings(
                        """
                        {"entities":{"createBy":"hub"},
                         "pipelines":{"incoming":{"pipeline":"3","stage":"C3:NEW"},
                                      "outgoing":{"pipeline":"0"}},
                         "fields":{"map":[{"field":"UF_CRM_DEAL","text":"x"},
                                          {"field":"sourceDescription","text":"x"}]}}""");

        assertThat(warnings.findValuesAsText("path"))
                .noneMatch(path -> path.contains("/pipelines") || path.contains("/fields"));
        assertThat(hub.directory.questions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"false,UF_CRM_LEAD", "true,UF_CRM_DEAL", "false,UF_CRM_NONE", "false,DATE_CREATE"})
    void O19_aFieldThatThePortalLacksOrThatIsNobodysToWriteIsWarnedOf(boolean leads, String code) {
        hub.directory.known = () -> KnownPortals.portal(leads);

        JsonNode warnings =
                settings(
                        "{\"entities\":{\"createBy\":\"hub\"},\"fields\":{\"map\":[{\"field\":\""
                                + code
                                + "\",\"text\":\"x\"}]}}");

        assertThat(doubt(warnings, "/integrations/0/settings/fields/map/0/field"))
                .contains("/fields");
    }

    /** The cure of the warning at a place. */
    private static String doubt(JsonNode warnings, String path) {
        for (JsonNode warning : warnings) {
            if (warning.path("path").asText().equals(path)) {
                return warning.path("cure").asText();
            }
        }
        throw new AssertionError("no warning at " + path + ": " + warnings);
    }

    private JsonNode settings(String settings) {
        JsonNode document = hub.get("/api/v1/companies/acme").json();
        ((com.fasterxml.jackson.databind.node.ObjectNode) document.at("/integrations/0"))
                .set("settings", org.trunkline.model.Json.tree(settings));
        TestHub.Reply put = hub.put("/api/v1/companies/acme", document.toString());
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        return put.json().path("warnings");
    }
}
