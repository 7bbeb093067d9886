package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** leads/complex: a lead with its contact and company. */
class AmoComplexLeadsTest {
    private static final String PHONE = "+79161234567";
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void leadContactAndCompanyComeTogetherAndAreLinked() {
        JsonNode answer =
                account.post(
                        "leads/complex",
                        "[{\"name\":\"Deal\",\"status_id\":"
                                + AmoAccount.TALKS
                                + ",\"request_id\":\"x\",\"_embedded\":{\"contacts\":["
                                + AmoAccount.contact("Ivan", PHONE)
                                + "],\"companies\":[{\"name\":\"Acme\"}]}}]");
        assertThat(answer.isArray()).isTrue();
        JsonNode made = answer.path(0);
        assertThat(made.path("request_id").path(0).asText()).isEqualTo("x");
        assertThat(made.path("merged").asBoolean(true)).isFalse();
        JsonNode contact =
                account.get("contacts/" + made.path("contact_id").asText() + "?with=leads");
        assertThat(contact.at("/_embedded/leads/0/id")).isEqualTo(made.path("id"));
        assertThat(contact.at("/_embedded/companies/0/id")).isEqualTo(made.path("company_id"));
        assertThat(account.get("leads/" + made.path("id").asText()).path("status_id").asLong())
                .isEqualTo(AmoAccount.TALKS);
    }

    @Test
    void anExistingContactIsTakenByItsId() {
        account.put("{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"" + PHONE + "\"}]}");
        JsonNode made =
                account.post("leads/complex", "[{\"_embedded\":{\"contacts\":[{\"id\":5}]}}]")
                        .path(0);
        assertThat(made.path("contact_id").asInt()).isEqualTo(5);
        assertThat(made.path("company_id").isNull()).isTrue();
        assertThat(account.state().path("contacts")).hasSize(1);
        assertThat(
                        AmoAccount.complaints(
                                account.api(
                                        "POST",
                                        "leads/complex",
                                        "[{\"_embedded\":{\"contacts\":[{\"id\":6}]}}]")))
                .contains("0 NotSupportedChoice _embedded.contacts.0.id");
    }

    @Test
    void withoutControlOfDuplicatesATwinIsMade() {
        account.post("leads/complex", "[" + deal() + "]");
        JsonNode again = account.post("leads/complex", "[" + deal() + "]").path(0);
        assertThat(again.path("merged").asBoolean(true)).isFalse();
        assertThat(account.state().path("contacts")).hasSize(2);
    }

    @Test
    void controlOfDuplicatesMergesIntoTheActiveLeadOfTheNumber() {
        account.put("{\"account\":{\"integration\":{\"duplicateControl\":true}}}");
        JsonNode first = account.post("leads/complex", "[" + deal() + "]").path(0);
        JsonNode again = account.post("leads/complex", "[" + deal() + "]").path(0);
        assertThat(again.path("merged").asBoolean()).isTrue();
        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.path("contact_id")).isEqualTo(first.path("contact_id"));
        account.patch("leads/" + first.path("id").asText(), "{\"status_id\":143}");
        JsonNode third = account.post("leads/complex", "[" + deal() + "]").path(0);
        assertThat(third.path("merged").asBoolean(true)).isFalse();
    }

    @Test
    void aContactWithoutALeadIsNoDuplicate() {
        account.put(
                "{\"account\":{\"integration\":{\"duplicateControl\":true}},\"contacts\":[{\"id\":5,"
                        + "\"phone\":\""
                        + PHONE
                        + "\"}]}");
        JsonNode made = account.post("leads/complex", "[" + deal() + "]").path(0);
        assertThat(made.path("merged").asBoolean(true)).isFalse();
        assertThat(made.path("contact_id").asInt()).isNotEqualTo(5);
    }

    @Test
    void metadataMakesItUnsortedWhateverTheStatus() {
        JsonNode made =
                account.post(
                                "leads/complex",
                                "[{\"status_id\":"
                                        + AmoAccount.TALKS
                                        + ",\"pipeline_id\":"
                                        + AmoAccount.PIPELINE
                                        + ",\"_embedded\":{\"metadata\":{\"category\":\"sip\","
                                        + "\"phone\":\""
                                        + PHONE
                                        + "\"},\"contacts\":["
                                        + AmoAccount.contact("Ivan", PHONE)
                                        + "]}}]")
                        .path(0);
        assertThat(account.get("leads/" + made.path("id").asText()).path("status_id").asLong())
                .isEqualTo(AmoAccount.UNSORTED);
        assertThat(account.api("GET", "contacts?query=9161234567", "").statusCode()).isEqualTo(204);
        JsonNode entry = account.get("leads/unsorted").at("/_embedded/unsorted/0");
        assertThat(entry.at("/_embedded/leads/0/id")).isEqualTo(made.path("id"));
        assertThat(entry.at("/_embedded/contacts/0/id")).isEqualTo(made.path("contact_id"));
    }

    @Test
    void onlyFiftyAtOnceAndOneContactEach() {
        StringBuilder many = new StringBuilder("{}");
        for (int i = 0; i < 50; i++) {
            many.append(",{}");
        }
        assertThat(account.api("POST", "leads/complex", "[" + many + "]").statusCode())
                .isEqualTo(400);
        HttpResponse<String> refused =
                account.api(
                        "POST",
                        "leads/complex",
                        "[{\"_embedded\":{\"contacts\":[{\"name\":\"A\"},{\"name\":\"B\"}]}}]");
        assertThat(AmoAccount.complaints(refused)).contains("0 TooMany _embedded.contacts");
        assertThat(account.state().path("leads")).isEmpty();
    }

    private static String deal() {
        return "{\"name\":\"Deal\",\"_embedded\":{\"contacts\":["
                + AmoAccount.contact("Ivan", PHONE)
                + "]}}";
    }
}
