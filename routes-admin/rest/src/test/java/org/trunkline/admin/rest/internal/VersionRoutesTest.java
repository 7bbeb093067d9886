package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRoutesTest {

    private static final String COMPANY = "/api/v1/companies/acme";
    private static final String VERSIONS = COMPANY + "/versions";

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
    void X6_versionsAreListedFromTheLatestWithWhatEachChanged() {
        Instant before = Instant.now().minusSeconds(1);
        hub.put(COMPANY, changed("Ivan Petrov", "Ivan Sidorov"));
        hub.put(
                COMPANY,
                changed("\"settings\":{}", "\"settings\":{\"record\":{\"incoming\":false}}"));

        JsonNode first = hub.get(VERSIONS + "?limit=2").json();
        JsonNode rest = hub.get(VERSIONS + "?cursor=" + first.path("next").textValue()).json();

        assertThat(first.path("items").findValuesAsText("version")).containsExactly("3", "2");
        assertThat(texts(first.at("/items/0/changed")))
                .containsExactly("/pbx/0/employees/0/name", "/integrations/0/settings/record");
        assertThat(texts(first.at("/items/1/changed"))).containsExactly("/pbx/0/employees/0/name");
        assertThat(first.at("/items/0").has("document")).isFalse();
        assertThat(Instant.parse(first.at("/items/0/at").textValue()))
                .isBetween(before, Instant.now());
        assertThat(first.at("/items/0/author").textValue())
                .isNotBlank()
                .isEqualTo(hub.store.companies.version("acme", 3).orElseThrow().version().author());
        assertThat(rest.path("items").findValuesAsText("version")).containsExactly("1");
        assertThat(texts(rest.at("/items/0/changed")))
                .containsExactly("/name", "/region", "/pbx", "/portals", "/integrations");
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void X6_oneVersionIsShownWithItsDocumentAndWithoutSecrets() {
        hub.put(COMPANY, changed("ami-word", "other-word"));

        var shown = hub.get(VERSIONS + "/1");

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("version").intValue()).isEqualTo(1);
        assertThat(shown.json().path("document")).isEqualTo(hub.get(COMPANY).json());
        assertThat(shown.text()).doesNotContain("-word");
        assertThat(hub.get(VERSIONS).text()).doesNotContain("-word");
        assertThat(hub.get(VERSIONS).json().at("/items/0/changed")).isEmpty();
    }

    @Test
    void X6_aRestoredVersionBecomesTheLatestAndTheSecretsStay() {
        hub.put(COMPANY, changed("\"Acme\"", "\"Renamed\"").replace("ami-word", "new-word"));

        var restored = hub.post(VERSIONS + "/1/restore");

        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.headers()).containsEntry("etag", List.of("\"3\""));
        assertThat(hub.get(COMPANY).json())
                .isEqualTo(((ObjectNode) restored.json()).without("warnings"));
        assertThat(restored.json().path("name").textValue()).isEqualTo("Acme");
        assertThat(hub.store.companies.find("acme").orElseThrow().name()).isEqualTo("Acme");
        assertThat(hub.store.companies.secret("acme", "pbx/office/secret")).contains("new-word");
        assertThat(texts(hub.get(VERSIONS).json().at("/items/0/changed"))).containsExactly("/name");
    }

    @Test
    void X6_aVersionThatTodaysRulesRefuseIsNotRestored() {
        // The PBX's secret went with the PBX, and the old document can't bring it back.
        hub.put(COMPANY, "{\"name\":\"Acme\"}");

        var refused = hub.post(VERSIONS + "/1/restore");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.type()).startsWith("application/problem+json");
        assertThat(refused.json().path("errors").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        "/pbx/0/secret",
                        "/portals/0/auth/accessToken",
                        "/portals/0/auth/refreshToken");
        assertThat(hub.get(COMPANY).json().has("pbx")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/4", "/0", "/x", "/4/restore", "/x/restore"})
    void anUnknownVersionIsNotFound(String path) {
        var reply = path.endsWith("restore") ? hub.post(VERSIONS + path) : hub.get(VERSIONS + path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("detail").textValue()).contains("no version");
    }

    @Test
    void whoWasOvertakenIsToldByWhom() {
        var read = hub.get(COMPANY);
        assertThat(read.headers()).containsEntry("etag", List.of("\"1\""));
        String mine = read.text().replace("\"Acme\"", "\"Mine\"");
        hub.put(COMPANY, changed("\"Acme\"", "\"Theirs\""));

        for (var late : Map.of("PUT", COMPANY, "POST", VERSIONS + "/1/restore").entrySet()) {
            var refused = hub.send(late.getKey(), late.getValue(), mine, "If-Match", "\"1\"");

            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.type()).startsWith("application/problem+json");
            assertThat(refused.json().path("title").textValue()).isEqualTo("Precondition Failed");
            assertThat(refused.json().path("detail").textValue())
                    .contains("nothing was changed")
                    .contains("saved version 2 at 20")
                    .contains("anew");
        }
        assertThat(hub.get(COMPANY).json().path("name").textValue()).isEqualTo("Theirs");

        var second = hub.send("PUT", COMPANY, mine, "If-Match", "\"2\"");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers()).containsEntry("etag", List.of("\"3\""));
        assertThat(hub.get(COMPANY).json().path("name").textValue()).isEqualTo("Mine");
    }

    @Test
    void aCompanyThatMustBeNewIsNotOverwritten() {
        String other = "/api/v1/companies/other";

        assertThat(hub.send("PUT", other, Acme.DOCUMENT, "If-Match", "1").status()).isEqualTo(412);
        assertThat(hub.get(other).status()).isEqualTo(404);
        assertThat(hub.send("PUT", other, Acme.DOCUMENT, "If-Match", "0").status()).isEqualTo(200);
        assertThat(hub.send("PUT", other, Acme.DOCUMENT, "If-Match", "0").status()).isEqualTo(412);
    }

    @Test
    void aTagThatIsNoneOfOursIsToldWithTheCure() {
        var refused = hub.send("PUT", COMPANY, Acme.DOCUMENT, "If-Match", "\"abc\"");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").textValue()).contains("If-Match").contains("ETag");
    }

    private static String changed(String from, String to) {
        assertThat(Acme.DOCUMENT).contains(from);
        return Acme.DOCUMENT.replace(from, to);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.textValue()));
        return texts;
    }
}
