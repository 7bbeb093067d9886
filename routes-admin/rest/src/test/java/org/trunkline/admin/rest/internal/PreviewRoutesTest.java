package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Json;
import org.trunkline.model.Variable;
import org.trunkline.store.Journal;

class PreviewRoutesTest {

    private static final String COMPANY = "/api/v1/companies/acme";
    private static final String PREVIEW = COMPANY + "/integrations/office-main/preview";
    private static final String TEXT =
            "{{employee_full_name}}: {{contact_phone_number}}, {{start_date}} {{app_name}}";

    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new TestHub(folder);
        hub.put(COMPANY, Acme.DOCUMENT);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void O18_previewOfANamedCall() {
        String first = happened("call1", 0, 10);
        happened("call2", 60, 10);

        JsonNode shown = preview(TEXT, first).json();

        String day =
                DateTimeFormatter.ofPattern("dd.MM.yyyy")
                        .withZone(ZoneId.systemDefault())
                        .format(Acme.START);
        assertThat(shown.path("text").textValue())
                .isEqualTo("Ivan Petrov: +79161234567, " + day + " Trunkline");
        assertThat(shown.path("source").textValue()).isEqualTo("named");
        assertThat(shown.path("call").textValue()).isEqualTo(first);
    }

    @Test
    void O18_previewOfTheLatestEndedCall() {
        happened("call1", 0, 10);
        String second = happened("call2", 60, 10);
        happened("ringing", 120, 2);

        JsonNode shown = preview("{{call_id}}").json();

        assertThat(shown.path("text").textValue()).isEqualTo(second);
        assertThat(shown.path("source").textValue()).isEqualTo("latest");
        assertThat(shown.path("call").textValue()).isEqualTo(second);
    }

    @Test
    void O18_previewOfAMadeUpCallWhereThereIsNone() {
        JsonNode shown = preview("{{employee_full_name}}, {{virtual_phone_number}}").json();

        assertThat(shown.path("text").textValue()).isEqualTo("Ivan Petrov, +74951000001");
        assertThat(shown.path("source").textValue()).isEqualTo("example");
        assertThat(shown.has("call")).isFalse();
    }

    @Test
    void O18_previewOfAMadeUpCallHasAValueForEveryVariable() {
        ObjectNode bare = (ObjectNode) hub.get(COMPANY).json();
        ((ObjectNode) bare.at("/pbx/0")).remove(List.of("lines", "employees"));
        ((ObjectNode) bare.at("/integrations/0")).remove("mapping");
        assertThat(hub.put(COMPANY, bare.toString()).status()).isEqualTo(200);

        for (Variable variable : Variable.values()) {
            assertThat(preview("{{" + variable.spelled() + "}}").json().path("text").textValue())
                    .as(variable.spelled())
                    .isNotBlank();
        }
    }

    @Test
    void O18_previewRefusesWhatSavingWouldRefuse() {
        var refused =
                hub.post(
                        PREVIEW,
                        """
                        {"text":"{{app_name}} {{nonsense}} }}","call":"nobody","more":1}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").findValuesAsText("path"))
                .containsExactlyInAnyOrder("/text", "/text", "/call", "/more");
        assertThat(refused.text()).contains("no variable 'nonsense'").contains("'nobody'");
        assertThat(hub.post(PREVIEW, "{}").json().at("/errors/0/path").textValue())
                .isEqualTo("/text");
    }

    @Test
    void O18_allVariablesAreListedWithTheirMeaning() {
        JsonNode items = hub.get("/api/v1/template-variables").json().path("items");

        assertThat(items).hasSize(Variable.values().length);
        assertThat(items.findValuesAsText("name"))
                .contains("contact_phone_number", "utm_term", "app_name");
        assertThat(items.findValuesAsText("meaning")).doesNotContain("").doesNotHaveDuplicates();
    }

    private TestHub.Reply preview(String text) {
        return hub.post(PREVIEW, Json.MAPPER.createObjectNode().put("text", text).toString());
    }

    private TestHub.Reply preview(String text, String call) {
        return hub.post(
                PREVIEW,
                Json.MAPPER.createObjectNode().put("text", text).put("call", call).toString());
    }

    /** The first so many events of a call. */
    private String happened(String key, long afterSeconds, int events) {
        List<CallEvent> all = Acme.call(key, Acme.START.plusSeconds(afterSeconds));
        hub.store.journal.append(all.subList(0, events));
        Journal.Unfolded heard = hub.store.journal.unfolded(1).get(0);
        return hub.store.calls.fold(heard, call -> Set.of("office-main")).id();
    }
}
