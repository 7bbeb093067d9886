package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Json;

class SettingsRoutesTest {

    private static final String COMPANY = "/api/v1/companies/acme";
    private static final String SETTINGS = COMPANY + "/integrations/office-main/settings";

    private final Crm crm = new Crm();
    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        crm.has(Crm.user("7", true), Crm.user("8", true));
        hub = new TestHub(folder, List.of(), List.of(crm), List.of());
        hub.put(COMPANY, Acme.DOCUMENT);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void settingsAreShownWithTheirPresetAndWhatHolds() throws Exception {
        hub.put(SETTINGS, "{\"record\":{\"incoming\":false},\"recordings\":null}");

        var shown = hub.get(SETTINGS);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.headers()).containsEntry("etag", List.of("\"2\""));
        JsonNode preset =
                Json.tree(Files.readString(Path.of("../../config/presets/mikopbx-bitrix24.json")))
                        .path("settings");
        JsonNode json = shown.json();
        assertThat(json.path("preset").textValue()).isEqualTo("mikopbx-bitrix24");
        assertThat(json.path("given"))
                .isEqualTo(Json.tree("{\"record\":{\"incoming\":false},\"recordings\":null}"));
        assertThat(json.at("/effective/record/incoming").booleanValue()).isFalse();
        assertThat(json.at("/effective/record/outgoing")).isEqualTo(preset.at("/record/outgoing"));
        assertThat(json.path("effective").has("recordings")).isFalse();
        assertThat(json.path("effective").path("popup")).isEqualTo(preset.path("popup"));
        assertThat(json.path("warnings")).isEmpty();
    }

    @Test
    void X6_aPutReplacesWhatWasGivenAndMakesAVersion() {
        hub.put(SETTINGS, "{\"popup\":{\"enabled\":false}}");

        var put = hub.put(SETTINGS, "{\"record\":{\"incoming\":false}}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.headers()).containsEntry("etag", List.of("\"3\""));
        assertThat(put.json().path("given"))
                .isEqualTo(Json.tree("{\"record\":{\"incoming\":false}}"));
        assertThat(hub.get(SETTINGS).json()).isEqualTo(put.json());
        assertThat(hub.get(COMPANY).json().at("/integrations/0/settings"))
                .isEqualTo(put.json().path("given"));
        assertThat(hub.get(COMPANY + "/versions/3").json().path("changed"))
                .isEqualTo(
                        Json.tree(
                                "[\"/integrations/0/settings/record\","
                                        + "\"/integrations/0/settings/popup\"]"));
        assertThat(hub.store.companies.secret("acme", "pbx/office/secret")).contains("ami-word");
        assertThat(
                        hub.store
                                .companies
                                .find("acme")
                                .orElseThrow()
                                .integration("office-main")
                                .orElseThrow()
                                .settings())
                .isEqualTo(put.json().path("given"));
    }

    @Test
    void X6_aPatchChangesOnlyWhatItNames() {
        hub.put(SETTINGS, "{\"popup\":{\"enabled\":false},\"record\":{\"incoming\":false}}");

        var patched = hub.patch(SETTINGS, "{\"record\":{\"outgoing\":false},\"popup\":null}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().path("given"))
                .isEqualTo(Json.tree("{\"record\":{\"incoming\":false,\"outgoing\":false}}"));
        assertThat(patched.json().at("/effective/popup/enabled").booleanValue()).isTrue();
    }

    @Test
    void allFaultsAreNamedByTheirPlaceInTheSettings() {
        String wrong =
                """
                {"popup":{"enabled":"yes","audience":"all"},"recrod":{},
                 "record":{"missedWithoutEmployee":{"enabled":true}}}""";
        for (var refused : List.of(hub.put(SETTINGS, wrong), hub.patch(SETTINGS, wrong))) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.type()).startsWith("application/problem+json");
            assertThat(refused.json().path("errors").findValuesAsText("path"))
                    .containsExactlyInAnyOrder(
                            "/popup/enabled",
                            "/popup/audience",
                            "/recrod",
                            "/record/missedWithoutEmployee/user");
            assertThat(refused.json().path("errors").findValuesAsText("cure"))
                    .hasSize(4)
                    .doesNotContain("");
        }
        assertThat(hub.get(SETTINGS).json().path("given")).isEmpty();
        assertThat(hub.get(COMPANY + "/versions").json().path("items")).hasSize(1);
    }

    @Test
    void O15_warningsAreShownByTheirPlaceInTheSettings() {
        String late =
                """
                {"filters":{"incoming":{"enabled":true,
                  "filter":{"param":"group","mode":"include","values":["sales"]}}}}""";

        var put = hub.put(SETTINGS, late);

        assertThat(put.json().path("warnings").findValuesAsText("path"))
                .containsExactly("/filters/incoming/filter");
        assertThat(hub.get(SETTINGS).json().path("warnings"))
                .isEqualTo(put.json().path("warnings"));
    }

    @Test
    void O17_unknownUsersAreWarnedOfByTheirPlaceInTheSettings() {
        var put = hub.put(SETTINGS, "{\"responsible\":{\"missed\":\"99\"}}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("warnings").findValuesAsText("path"))
                .containsExactly("/responsible/missed");
    }

    @Test
    void O17_aPortalThatCannotBeAskedIsToldToo() {
        crm.users =
                () -> {
                    throw new IllegalStateException("broken");
                };

        var put = hub.put(SETTINGS, "{\"responsible\":{\"missed\":\"8\"}}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("warnings").findValuesAsText("path")).containsExactly("");
        assertThat(put.json().at("/warnings/0/message").textValue())
                .contains("could not be checked");
    }

    @Test
    void whoWasOvertakenIsTold() {
        hub.put(SETTINGS, "{\"popup\":{\"enabled\":false}}");

        for (String method : List.of("PUT", "PATCH")) {
            var late =
                    hub.send(
                            method, SETTINGS, "{\"record\":{\"incoming\":false}}", "If-Match", "1");
            assertThat(late.status()).isEqualTo(412);
            assertThat(late.json().path("detail").textValue()).contains("saved version 2");
        }
        assertThat(hub.get(SETTINGS).json().path("given").has("record")).isFalse();
    }

    @Test
    void X6_patchesAtOnceDoNotUndoEachOther() throws Exception {
        List<Callable<TestHub.Reply>> patches =
                List.of(
                        () -> hub.patch(SETTINGS, "{\"popup\":{\"enabled\":false}}"),
                        () -> hub.patch(SETTINGS, "{\"record\":{\"incoming\":false}}"),
                        () -> hub.patch(SETTINGS, "{\"record\":{\"outgoing\":false}}"),
                        () -> hub.patch(SETTINGS, "{\"recordings\":{\"send\":false}}"));
        ExecutorService threads = Executors.newFixedThreadPool(patches.size());
        List<Integer> statuses = new ArrayList<>();
        try {
            for (Future<TestHub.Reply> done : threads.invokeAll(patches)) {
                statuses.add(done.get().status());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(statuses).containsOnly(200);
        assertThat(hub.get(SETTINGS).json().path("given"))
                .isEqualTo(
                        Json.tree(
                                """
                                {"popup":{"enabled":false},
                                 "record":{"incoming":false,"outgoing":false},
                                 "recordings":{"send":false}}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7"})
    void whatIsNoObjectIsRefused(String body) {
        assertThat(hub.put(SETTINGS, body).status()).isEqualTo(422);
        assertThat(hub.patch(SETTINGS, body).text()).contains("must be an object");
    }

    @Test
    void brokenJsonAndUnknownIntegrationsAreTold() {
        assertThat(hub.put(SETTINGS, "{\"a\":1,\"a\":2}").status()).isEqualTo(400);
        String none = COMPANY + "/integrations/none/settings";
        assertThat(hub.get(none).status()).isEqualTo(404);
        assertThat(hub.put(none, "{}").status()).isEqualTo(404);
        assertThat(hub.get(none).json().path("detail").textValue())
                .isEqualTo("there is no integration 'none'");
    }

    @Test
    void presetsAreListedWithTheRuleOfEachChoice() throws Exception {
        JsonNode file =
                Json.tree(Files.readString(Path.of("../../config/presets/mikopbx-bitrix24.json")));

        JsonNode preset = item(hub.get("/api/v1/presets").json(), "mikopbx-bitrix24");

        assertThat(preset.path("title")).isEqualTo(file.path("title"));
        assertThat(preset.path("settings")).isEqualTo(file.path("settings"));
        assertThat(preset.path("rules")).isEqualTo(file.path("rules"));
    }

    private static JsonNode item(JsonNode list, String id) {
        for (JsonNode item : list.path("items")) {
            if (item.path("id").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("no " + id + " in " + list);
    }

    @Test
    void theSchemaIsTheOneThatPeopleRead() throws Exception {
        assertThat(hub.get("/api/v1/settings-schema").json())
                .isEqualTo(
                        Json.tree(Files.readString(Path.of("../../config/settings.schema.json"))));
    }
}
