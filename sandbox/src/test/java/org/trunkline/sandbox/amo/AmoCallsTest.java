package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** /calls, the popup, and the rule both find their entity by. */
class AmoCallsTest {
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void anOnlyActiveLeadTakesTheCall() {
        seed("{\"id\":11,\"status_id\":142},{\"id\":12,\"status_id\":143},{\"id\":13}", "");
        JsonNode answer = account.post("calls", "[" + call("+79161234567", "") + "]");
        JsonNode done = answer.path("_embedded").path("calls").path(0);
        assertThat(answer.path("_total_items").asInt()).isEqualTo(1);
        assertThat(answer.path("errors")).isEmpty();
        assertThat(done.path("entity_type").asText()).isEqualTo("lead");
        assertThat(done.path("entity_id").asInt()).isEqualTo(13);
        assertThat(done.path("request_id").asText()).isEqualTo("0");
        assertThat(done.at("/_embedded/entity/_links/self/href").asText())
                .isEqualTo(account.base() + "/api/v4/leads/13");

        JsonNode note = account.get("leads/13/notes").path("_embedded").path("notes").path(0);
        assertThat(note.path("id")).isEqualTo(done.path("id"));
        assertThat(note.path("note_type").asText()).isEqualTo("call_in");
        assertThat(note.path("created_by").asInt()).isZero();
    }

    @Test
    void twoActiveLeadsLeaveItToTheContact() {
        seed("{\"id\":11},{\"id\":13}", "");
        assertThat(landed()).isEqualTo("contact 5");
    }

    @Test
    void onlyClosedLeadsLeaveItToTheContact() {
        seed("{\"id\":11,\"status_id\":142}", "");
        assertThat(landed()).isEqualTo("contact 5");
    }

    @Test
    void anOnlyCustomerTakesTheCall() {
        seed("{\"id\":11,\"status_id\":143}", "{\"id\":21,\"name\":\"Regular\"}");
        assertThat(landed()).isEqualTo("customer 21");
    }

    @Test
    void aLeadAndACustomerLeaveItToTheContact() {
        seed("{\"id\":11}", "{\"id\":21,\"name\":\"Regular\"}");
        assertThat(landed()).isEqualTo("contact 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"89161234567", "9161234567", "+7 (916) 123-45-67", "00799161234567"})
    void theLastTenDigitsCount(String phone) {
        seed("", "");
        JsonNode answer = account.post("calls", "[" + call(phone, "") + "]");
        assertThat(answer.path("_embedded").path("calls")).hasSize(1);
    }

    @Test
    void aShortNumberMatchesWildly() {
        seed("", "");
        assertThat(account.post("calls", "[" + call("567", "") + "]").path("_total_items").asInt())
                .isEqualTo(1);
    }

    @Test
    void anUnknownNumberIsNotStored() {
        HttpResponse<String> refused = account.api("POST", "calls", "[" + call("+7999", "") + "]");
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode body = AmoAccount.json(refused);
        assertThat(body.path("_total_items").asInt()).isZero();
        assertThat(body.at("/errors/0/title").asText()).isEqualTo("Entity not found");
        assertThat(body.at("/errors/0/status").asInt()).isEqualTo(263);
        assertThat(body.at("/_embedded/calls")).isEmpty();
        assertThat(body.has("validation-errors")).isFalse();
        assertThat(body.has("title")).isFalse();
        assertThat(account.state().path("notes")).isEmpty();
    }

    @Test
    void someUnknownAreNamedBesideTheOthers() {
        seed("", "");
        HttpResponse<String> partly =
                account.api(
                        "POST",
                        "calls",
                        "["
                                + call("+79990000000", ",\"request_id\":\"a\"")
                                + ","
                                + call("+79161234567", ",\"request_id\":\"b\"")
                                + "]");
        assertThat(partly.statusCode()).isEqualTo(200);
        JsonNode body = AmoAccount.json(partly);
        assertThat(body.at("/errors/0/request_id").asText()).isEqualTo("a");
        assertThat(body.at("/_embedded/calls/0/request_id").asText()).isEqualTo("b");
    }

    @Test
    void aWrongCallRefusesTheWholeArrayAndNullIsWrong() {
        seed("", "");
        HttpResponse<String> refused =
                account.api(
                        "POST",
                        "calls",
                        "["
                                + call("+79161234567", "")
                                + ",{\"direction\":\"sideways\",\"duration\":\"5\",\"source\":\"s\","
                                + "\"phone\":\"1\",\"link\":null,\"call_status\":8,"
                                + "\"responsible_user_id\":77}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(AmoAccount.complaints(refused))
                .contains(
                        "1 NotSupportedChoice direction",
                        "1 InvalidType duration",
                        "1 NotNullable link",
                        "1 NotSupportedChoice call_status",
                        "1 NotSupportedChoice responsible_user_id");
        assertThat(account.state().path("notes")).isEmpty();
    }

    @Test
    void theSameCallTwiceIsTwoNotes() {
        seed("", "");
        account.post("calls", "[" + call("+79161234567", "") + "]");
        account.post("calls", "[" + call("+79161234567", "") + "]");
        assertThat(account.state().path("notes")).hasSize(2);
    }

    @Test
    void aPopupFindsWhomTheCallWouldFindAndIsLogged() {
        seed("{\"id\":13}", "");
        JsonNode answer = popup("{\"phone_number\":\"89161234567\",\"users\":[7,\"8\"]}");
        JsonNode item = answer.path("_embedded").path("items").path(0);
        assertThat(item.path("element_id").asInt()).isEqualTo(13);
        assertThat(item.path("element_type").asInt()).isEqualTo(2);
        assertThat(item.path("phone_number").asText()).isEqualTo("89161234567");
        JsonNode cards = account.state().path("cards");
        assertThat(cards.findValuesAsText("user")).containsExactly("7", "8");
        assertThat(cards.path(0).path("uid")).isEqualTo(item.path("uid"));
        assertThat(cards.path(0).path("phone").asText()).isEqualTo("89161234567");
        assertThat(cards.path(0).path("at").asText()).isNotEmpty();
    }

    @Test
    void withoutUsersAPopupIsForEverybodyAndAnUnknownNumberIsNobody() {
        JsonNode item =
                popup("{\"phone_number\":\"+79990000000\"}")
                        .path("_embedded")
                        .path("items")
                        .path(0);
        assertThat(item.path("element_id").isNull()).isTrue();
        assertThat(item.path("element_type").isNull()).isTrue();
        JsonNode card = account.state().path("cards").path(0);
        assertThat(card.path("everybody").asBoolean()).isTrue();
        assertThat(card.has("user")).isFalse();
    }

    @Test
    void theOldMethodTakesUrlencodedPopupsToo() {
        HttpResponse<String> response =
                account.send(
                        "POST",
                        "api/v2/events/",
                        "add%5B0%5D%5Btype%5D=phone_call&add%5B0%5D%5Bphone_number%5D=%2B79161234567"
                                + "&add%5B0%5D%5Busers%5D%5B0%5D=7",
                        "application/x-www-form-urlencoded");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(account.state().at("/cards/0/user").asText()).isEqualTo("7");
        assertThat(account.state().at("/cards/0/phone").asText()).isEqualTo("+79161234567");
    }

    @Test
    void aPopupWithoutANumberIsRefused() {
        assertThat(
                        account.send(
                                        "POST",
                                        "api/v2/events",
                                        "{\"add\":[{\"type\":\"phone_call\"}]}")
                                .statusCode())
                .isEqualTo(400);
        assertThat(account.send("POST", "api/v2/events", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownUserIsNoError() {
        popup("{\"phone_number\":\"+79990000000\",\"users\":777}");
        assertThat(account.state().path("cards").path(0).path("known").asBoolean(true)).isFalse();
    }

    @Test
    void aCompanyIsFoundWhereNoContactIs() {
        account.put("{\"companies\":[{\"id\":31,\"name\":\"Acme\",\"phone\":\"+74951112233\"}]}");
        JsonNode item =
                popup("{\"phone_number\":\"84951112233\"}").path("_embedded").path("items").path(0);
        assertThat(item.path("element_type").asInt()).isEqualTo(3);
    }

    private JsonNode popup(String item) {
        String body = "{\"add\":[" + item.replaceFirst("\\{", "{\"type\":\"phone_call\",") + "]}";
        HttpResponse<String> response = account.send("POST", "api/v2/events", body);
        assertThat(response.statusCode()).isEqualTo(200);
        return AmoAccount.json(response);
    }

    private String landed() {
        JsonNode done =
                account.post("calls", "[" + call("+79161234567", "") + "]")
                        .path("_embedded")
                        .path("calls")
                        .path(0);
        return done.path("entity_type").asText() + " " + done.path("entity_id").asText();
    }

    /** Contact 5 with these leads and customers. */
    private void seed(String leads, String customers) {
        account.put(
                "{\"leads\":["
                        + leads
                        + "],\"customers\":["
                        + customers
                        + "],\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"+79161234567\","
                        + "\"_embedded\":{\"leads\":["
                        + leads
                        + "],\"customers\":["
                        + customers
                        + "]}}]}");
    }

    private static String call(String phone, String more) {
        return "{\"direction\":\"inbound\",\"duration\":5,\"source\":\"hub\",\"uniq\":\"u1\","
                + "\"phone\":\""
                + phone
                + "\""
                + more
                + "}";
    }
}
