package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unsorted: entering it, what it hides, accepting and declining. */
class AmoUnsortedTest {
    private static final String PHONE = "+79161234567";
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void aCallEntersWithItsContactLeadAndEvent() {
        JsonNode entry = enter(call("\"request_id\":\"x\","));
        assertThat(entry.path("request_id").asText()).isEqualTo("x");
        assertThat(entry.path("uid").asText()).isNotEmpty();
        String lead = entry.at("/_embedded/leads/0/id").asText();
        JsonNode state = account.state();
        assertThat(state.at("/leads/0/status_id").asLong()).isEqualTo(AmoAccount.UNSORTED);
        assertThat(state.at("/notes/0/entity_id").asText()).isEqualTo(lead);
        assertThat(state.at("/notes/0/note_type").asText()).isEqualTo("call_in");
        assertThat(state.at("/unsorted/0/metadata/uniq").asText()).isEqualTo("u1");
        assertThat(state.at("/unsorted/0/metadata").has("is_call_event_needed")).isFalse();
    }

    @Test
    void whatWaitsIsHiddenFromSearchesCallsAndPopups() {
        enter(call(""));
        assertThat(account.api("GET", "contacts?query=9161234567", "").statusCode()).isEqualTo(204);
        assertThat(account.api("GET", "leads", "").statusCode()).isEqualTo(204);
        assertThat(
                        account.api(
                                        "POST",
                                        "calls",
                                        "[{\"direction\":\"inbound\",\"duration\":1,"
                                                + "\"source\":\"s\",\"phone\":\""
                                                + PHONE
                                                + "\"}]")
                                .statusCode())
                .isEqualTo(400);
        String popup = "{\"add\":[{\"type\":\"phone_call\",\"phone_number\":\"" + PHONE + "\"}]}";
        JsonNode found = AmoAccount.json(account.send("POST", "api/v2/events", popup));
        assertThat(found.at("/_embedded/items/0/element_id").isNull()).isTrue();
    }

    @Test
    void everyRepetitionIsAnotherEntry() {
        enter(call(""));
        enter(call(""));
        assertThat(account.state().path("unsorted")).hasSize(2);
        assertThat(account.state().path("contacts")).hasSize(2);
    }

    @Test
    void aKnownContactIsTakenByItsIdAndStaysVisible() {
        account.put("{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"" + PHONE + "\"}]}");
        String known =
                call("").replaceFirst("\"contacts\":\\[.*]}}$", "\"contacts\":[{\"id\":5}]}}");
        assertThat(enter(known).at("/_embedded/contacts/0/id").asInt()).isEqualTo(5);
        assertThat(account.get("contacts?query=9161234567").at("/_embedded/contacts")).hasSize(1);
        String unknown = known.replace("\"id\":5", "\"id\":6");
        assertThat(
                        AmoAccount.complaints(
                                account.api("POST", "leads/unsorted/sip", "[" + unknown + "]")))
                .contains("NotSupportedChoice _embedded.contacts.0.id");
    }

    @Test
    void acceptingMovesTheLeadAndShowsTheContact() {
        String uid = enter(call("")).path("uid").asText();
        JsonNode accepted =
                account.post(
                        "leads/unsorted/" + uid + "/accept",
                        "{\"user_id\":7,\"status_id\":" + AmoAccount.TALKS + "}");
        assertThat(accepted.path("uid").asText()).isEqualTo(uid);
        assertThat(accepted.path("category").asText()).isEqualTo("sip");
        JsonNode contact =
                account.get("contacts?query=9161234567&with=leads").at("/_embedded/contacts/0");
        assertThat(contact.path("responsible_user_id").asInt()).isEqualTo(7);
        String lead = contact.at("/_embedded/leads/0/id").asText();
        assertThat(account.get("leads/" + lead).path("status_id").asLong())
                .isEqualTo(AmoAccount.TALKS);
        assertThat(account.state().path("unsorted")).isEmpty();
        assertThat(account.state().at("/sorted/0/action").asText()).isEqualTo("accept");
        assertThat(account.api("POST", "leads/unsorted/" + uid + "/accept", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void decliningDeletesWhatWasMade() {
        String uid = enter(call("")).path("uid").asText();
        assertThat(account.api("DELETE", "leads/unsorted/" + uid + "/decline", "{}").statusCode())
                .isEqualTo(200);
        assertThat(account.state().at("/leads/0/is_deleted").asBoolean()).isTrue();
        assertThat(account.state().at("/contacts/0/is_deleted").asBoolean()).isTrue();
        assertThat(account.get("leads/unsorted/summary").path("declined").asInt()).isEqualTo(1);
    }

    @Test
    void listsFilterAndSummaryCounts() {
        String uid = enter(call("")).path("uid").asText();
        account.post("leads/unsorted/forms", "[" + form() + "]");
        JsonNode sip =
                account.get("leads/unsorted?filter[category][]=sip").at("/_embedded/unsorted");
        assertThat(sip).hasSize(1);
        assertThat(sip.path(0).path("uid").asText()).isEqualTo(uid);
        assertThat(sip.at("/0/_embedded/contacts")).hasSize(1);
        assertThat(account.get("leads/unsorted?filter[uid]=" + uid).at("/_embedded/unsorted"))
                .hasSize(1);
        assertThat(account.get("leads/unsorted/" + uid).path("source_uid").asText())
                .isEqualTo("pbx");
        JsonNode summary = account.get("leads/unsorted/summary");
        assertThat(summary.path("total").asInt()).isEqualTo(2);
        assertThat(summary.at("/categories/sip/total").asInt()).isEqualTo(1);
        assertThat(summary.at("/categories/forms/total").asInt()).isEqualTo(1);
    }

    @Test
    void aFormWantsAllOfItsMetadata() {
        String wrong =
                form().replace("\"ip\":\"192.0.2.1\",", "")
                        .replace("\"form_sent_at\":1700000000", "\"form_sent_at\":\"today\"");

        assertThat(
                        AmoAccount.complaints(
                                account.api("POST", "leads/unsorted/forms", "[" + wrong + "]")))
                .contains("FieldMissing metadata.ip")
                .contains("metadata.form_sent_at");
        assertThat(account.state().path("unsorted")).isEmpty();
    }

    @Test
    void offInTheAccountOrThePipelineItTakesNothing() {
        account.put("{\"account\":{\"is_unsorted_on\":false}}");
        assertThat(account.api("POST", "leads/unsorted/sip", "[" + call("") + "]").statusCode())
                .isEqualTo(400);
        assertThat(account.get("account").path("is_unsorted_on").asBoolean()).isFalse();
        JsonNode pipelines = account.state().path("pipelines").deepCopy();
        ((ObjectNode) pipelines.path(0)).put("is_unsorted_on", false);
        account.put("{\"account\":{\"is_unsorted_on\":true},\"pipelines\":" + pipelines + "}");
        HttpResponse<String> refused =
                account.api("POST", "leads/unsorted/sip", "[" + call("") + "]");
        assertThat(AmoAccount.complaints(refused)).contains("0 NotSupportedChoice pipeline_id");
        assertThat(account.state().path("leads")).isEmpty();
    }

    @Test
    void everythingButTimeAndPipelineIsRequired() {
        HttpResponse<String> refused =
                account.api(
                        "POST",
                        "leads/unsorted/sip",
                        "[{\"source_name\":\"PBX\",\"metadata\":{\"phone\":\"1\"},"
                                + "\"_embedded\":{\"contacts\":[{},{}]}}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(AmoAccount.complaints(refused))
                .contains(
                        "0 FieldMissing source_uid",
                        "0 FieldMissing metadata.called_at",
                        "0 FieldMissing metadata.duration",
                        "0 FieldMissing metadata.link",
                        "0 FieldMissing metadata.service_code",
                        "0 FieldMissing metadata.uniq",
                        "0 TooMany _embedded.contacts");
    }

    private JsonNode enter(String item) {
        return account.post("leads/unsorted/sip", "[" + item + "]").at("/_embedded/unsorted/0");
    }

    private static String call(String more) {
        return "{"
                + more
                + "\"source_uid\":\"pbx\",\"source_name\":\"PBX\",\"metadata\":{\"phone\":\""
                + PHONE
                + "\",\"from\":\""
                + PHONE
                + "\",\"call_responsible\":7,\"called_at\":1700000000,\"duration\":0,\"link\":\"\","
                + "\"service_code\":\"hub\",\"uniq\":\"u1\",\"is_call_event_needed\":true},"
                + "\"_embedded\":{\"leads\":[{\"name\":\"Call\"}],\"contacts\":["
                + AmoAccount.contact("Caller", PHONE)
                + "]}}";
    }

    private static String form() {
        return "{\"source_uid\":\"site\",\"source_name\":\"Site\",\"metadata\":{\"form_id\":\"f\","
                + "\"form_name\":\"F\",\"form_page\":\"https://a.example\",\"ip\":\"192.0.2.1\","
                + "\"form_sent_at\":1700000000,\"referer\":\"https://b.example\"},"
                + "\"_embedded\":{\"contacts\":[{\"name\":\"Asker\"}]}}";
    }
}
