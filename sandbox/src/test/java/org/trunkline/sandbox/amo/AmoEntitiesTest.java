package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contacts, companies, leads: writing, searching, paging, validation. */
class AmoEntitiesTest {
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void aWriteAnswersIdsAndEchoesRequestIds() {
        JsonNode answer =
                account.post(
                        "contacts",
                        "["
                                + AmoAccount.contact("Ivan", "+79161234567")
                                + ",{\"first_name\":\"Olga\",\"last_name\":\"K\","
                                + "\"request_id\":\"second\"}]");
        JsonNode rows = answer.at("/_embedded/contacts");
        assertThat(rows.findValuesAsText("request_id")).containsExactly("0", "second");
        String id = rows.path(0).path("id").asText();
        assertThat(rows.at("/0/_links/self/href").asText())
                .isEqualTo(account.base() + "/api/v4/contacts/" + id);

        JsonNode contact = account.get("contacts/" + id);
        JsonNode phone = contact.at("/custom_fields_values/0");
        assertThat(phone.path("field_code").asText()).isEqualTo("PHONE");
        assertThat(phone.at("/values/0/enum_code").asText()).isEqualTo("WORK");
        assertThat(phone.at("/values/0/enum_id").asLong()).isPositive();
        assertThat(contact.path("responsible_user_id").asInt()).isEqualTo(1);
        assertThat(
                        account.get("contacts/" + rows.path(1).path("id").asText())
                                .path("name")
                                .asText())
                .isEqualTo("Olga K");
    }

    @Test
    void oneWrongItemRefusesTheArrayAndNamesItself() {
        HttpResponse<String> refused =
                account.api(
                        "POST",
                        "contacts",
                        "[{\"name\":\"Good\"},{\"name\":null,\"responsible_user_id\":77,"
                                + "\"custom_fields_values\":[{\"field_id\":1,\"values\":[]},"
                                + "{\"field_code\":\"PHONE\",\"values\":[{\"value\":\"1\","
                                + "\"enum_code\":\"CAR\"}]}],\"request_id\":\"bad\"}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(AmoAccount.complaints(refused))
                .isEqualTo(
                        """
                        bad NotNullable name
                        bad NotSupportedChoice responsible_user_id
                        bad NotSupportedChoice custom_fields_values.0.field_id
                        bad NotSupportedChoice custom_fields_values.1.values.0.enum_code
                        """);
        JsonNode body = AmoAccount.json(refused);
        assertThat(body.path("title").asText()).isEqualTo("Bad Request");
        assertThat(body.path("detail").asText()).isEqualTo("Request validation failed");
        assertThat(account.state().path("contacts")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9161234567, 1",
        "+7 (916) 123-45-67, 1",
        "79161234567, 1",
        "89161234567, 0",
        // Fuzzy: the last seven digits of a stranger.
        "4951234567, 1",
        "9161234568, 0",
        "iVaN, 1"
    })
    void searchIsFuzzyAndNoNormaliser(String query, int found) {
        account.post("contacts", "[" + AmoAccount.contact("Ivan", "+7 916 123-45-67") + "]");
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpResponse<String> answer = account.api("GET", "contacts?query=" + encoded, "");
        assertThat(answer.statusCode()).isEqualTo(found == 0 ? 204 : 200);
    }

    @Test
    void linksComeOnlyWhenAskedForAndAsIdsAlone() {
        account.put(
                "{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"+79161234567\"}],"
                        + "\"companies\":[{\"id\":31,\"name\":\"Acme\",\"phone\":\"84951112233\"}],"
                        + "\"leads\":[{\"id\":13,\"name\":\"Deal\",\"_embedded\":{"
                        + "\"contacts\":[{\"id\":5}],\"companies\":[{\"id\":31}]}}]}");
        assertThat(account.get("contacts/5").path("_embedded").has("leads")).isFalse();
        JsonNode lead = account.get("contacts/5?with=leads").at("/_embedded/leads/0");
        assertThat(lead.path("id").asInt()).isEqualTo(13);
        assertThat(lead.has("name")).isFalse();
        JsonNode leads = account.get("leads?filter[id][]=13&filter[id][]=14&with=contacts");
        assertThat(leads.at("/_embedded/leads")).hasSize(1);
        assertThat(leads.at("/_embedded/leads/0/_embedded/contacts/0/is_main").asBoolean())
                .isTrue();
        assertThat(leads.at("/_embedded/leads/0/_embedded/companies/0/id").asInt()).isEqualTo(31);
        assertThat(account.get("companies?query=4951112233&with=leads").at("/_embedded/companies"))
                .hasSize(1);
        account.post("leads/13/unlink", "[{\"to_entity_id\":5,\"to_entity_type\":\"contacts\"}]");
        assertThat(account.get("contacts/5?with=leads").at("/_embedded/leads")).isEmpty();
        account.post("leads/13/link", "[{\"to_entity_id\":5,\"to_entity_type\":\"contacts\"}]");
        assertThat(account.get("contacts/5?with=leads").at("/_embedded/leads")).hasSize(1);
    }

    @Test
    void pagesFollowEachOtherUntilThereIsNoNext() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"name\":\"c").append(i).append("\"}");
        }
        account.post("contacts", "[" + rows + "]");
        JsonNode first = account.get("contacts");
        assertThat(first.at("/_embedded/contacts")).hasSize(50);
        String next = first.at("/_links/next/href").asText();
        JsonNode last = account.get("contacts?page=3&limit=50");
        assertThat(next).isEqualTo(account.base() + "/api/v4/contacts?page=2&limit=50");
        assertThat(last.path("_page").asInt()).isEqualTo(3);
        assertThat(last.at("/_embedded/contacts")).hasSize(20);
        assertThat(last.path("_links").has("next")).isFalse();
        assertThat(account.api("GET", "contacts?page=4&limit=50", "").statusCode()).isEqualTo(204);
        assertThat(account.get("contacts?limit=250").at("/_embedded/contacts")).hasSize(120);
        assertThat(account.api("GET", "contacts?limit=251", "").statusCode()).isEqualTo(400);
    }

    @Test
    void whatChangedSinceIsFoundInOrder() {
        account.put(
                "{\"contacts\":[{\"id\":1,\"updated_at\":300},{\"id\":2,\"updated_at\":100},"
                        + "{\"id\":3,\"updated_at\":200}]}");
        JsonNode since = account.get("contacts?filter[updated_at][from]=200&order[updated_at]=asc");
        assertThat(since.at("/_embedded/contacts").findValuesAsText("updated_at"))
                .containsExactly("200", "300");
        JsonNode before = account.get("contacts?filter[updated_at][to]=200&order[updated_at]=desc");
        assertThat(before.at("/_embedded/contacts").findValuesAsText("updated_at"))
                .containsExactly("200", "100");
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        account.put(
                "{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"+79161234567\","
                        + "\"email\":\"i@example.com\",\"updated_at\":100}]}");
        JsonNode one =
                account.patch(
                        "contacts/5",
                        "{\"responsible_user_id\":8,\"tags_to_add\":[{\"name\":\"vip\"}],"
                                + "\"custom_fields_values\":[{\"field_code\":\"PHONE\","
                                + "\"values\":[{\"value\":\"+79990000001\"}]}]}");
        assertThat(one.path("updated_at").asLong()).isGreaterThan(100);
        JsonNode row = account.get("contacts/5");
        assertThat(row.path("name").asText()).isEqualTo("Ivan");
        assertThat(row.path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(row.path("custom_fields_values")).hasSize(2);
        assertThat(row.at("/_embedded/tags/0/name").asText()).isEqualTo("vip");
        assertThat(account.api("GET", "contacts?query=9161234567", "").statusCode()).isEqualTo(204);
        account.patch("contacts", "[{\"id\":5,\"tags_to_delete\":[{\"name\":\"vip\"}]}]");
        assertThat(account.get("contacts/5").at("/_embedded/tags")).isEmpty();
        assertThat(account.api("PATCH", "contacts/99", "{}").statusCode()).isEqualTo(404);
        assertThat(AmoAccount.complaints(account.api("PATCH", "contacts", "[{\"id\":99}]")))
                .contains("NotSupportedChoice id");
        assertThat(account.api("GET", "contacts/99", "").statusCode()).isEqualTo(204);
    }

    @Test
    void aLeadBeginsInTheFirstWorkingStatusAndClosesByItself() {
        String id = account.post("leads", "[{}]").at("/_embedded/leads/0/id").asText();
        JsonNode lead = account.get("leads/" + id);
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(AmoAccount.PIPELINE);
        assertThat(lead.path("status_id").asLong()).isEqualTo(AmoAccount.FIRST);
        account.patch("leads/" + id, "{\"status_id\":142}");
        assertThat(account.get("leads/" + id).path("closed_at").asLong()).isPositive();
        assertThat(AmoAccount.complaints(account.api("POST", "leads", "[{\"status_id\":5}]")))
                .contains("NotSupportedChoice status_id");
        assertThat(AmoAccount.complaints(account.api("POST", "leads", "[{\"pipeline_id\":5}]")))
                .contains("NotSupportedChoice pipeline_id");
    }

    @Test
    void theTokenOwnersRightsCountAndAnAdministratorMayActForOthers() throws Exception {
        HttpResponse<String> made =
                account.tried(
                        "POST",
                        "api/v4/contacts",
                        "[{\"name\":\"Of Olga\"}]",
                        "application/json",
                        "X-Context-User-ID",
                        "8");
        String id = AmoAccount.json(made).at("/_embedded/contacts/0/id").asText();
        assertThat(account.get("contacts/" + id).path("created_by").asInt()).isEqualTo(8);
        assertThat(made.headers().firstValue("X-Request-Id")).isPresent();
    }
}
