package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The account, its users, pipelines and fields, and the knobs. */
class AmoAccountTest {
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void theAccountTellsOfUnsortedAndItsExtrasWhenAsked() {
        JsonNode bare = account.get("account");
        assertThat(bare.path("is_unsorted_on").asBoolean()).isTrue();
        assertThat(bare.path("current_user_id").asInt()).isEqualTo(1);
        assertThat(bare.has("drive_url")).isFalse();
        assertThat(bare.has("integration")).isFalse();
        JsonNode whole = account.get("account?with=drive_url,task_types,users_groups");
        assertThat(whole.path("drive_url").asText()).isNotEmpty();
        assertThat(whole.at("/_embedded/task_types/0/id").asInt()).isEqualTo(1);
    }

    @Test
    void usersAreForAdministratorsAndNotForExternalIntegrations() {
        JsonNode users = account.get("users").at("/_embedded/users");
        assertThat(users.findValuesAsText("name")).contains("Ivan Petrov", "Boris Egorov");
        assertThat(users.path(5).at("/rights/is_active").asBoolean(true)).isFalse();
        account.put("{\"account\":{\"integration\":\"external\"}}");
        assertThat(account.api("GET", "users", "").statusCode()).isEqualTo(403);
        account.put("{\"account\":{\"integration\":\"private\"}}");
        assertThat(account.api("GET", "users", "").statusCode()).isEqualTo(200);
        account.token(
                AmoAccount.json(account.send("POST", "_install", "{\"user\":7}"))
                        .at("/auth/accessToken")
                        .asText());
        assertThat(account.api("GET", "users", "").statusCode()).isEqualTo(403);
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whatAUserMayNotSeeHisTokenDoesNotFind() {
        account.put(
                "{\"users\":[{\"id\":1},{\"id\":7,\"rights\":{\"is_active\":true,\"contacts\":{"
                        + "\"view\":\"M\",\"add\":\"D\",\"edit\":\"M\"}}}],\"contacts\":[{\"id\":5,"
                        + "\"name\":\"Mine\",\"responsible_user_id\":7},{\"id\":6,\"name\":\"Theirs\","
                        + "\"responsible_user_id\":1,\"phone\":\"+79161234567\"}]}");
        account.token(
                AmoAccount.json(account.send("POST", "_install", "{\"user\":7}"))
                        .at("/auth/accessToken")
                        .asText());
        assertThat(account.get("contacts").at("/_embedded/contacts").findValuesAsText("name"))
                .containsExactly("Mine");
        assertThat(account.api("GET", "contacts/6", "").statusCode()).isEqualTo(204);
        assertThat(account.api("POST", "contacts", "[{\"name\":\"A\"}]").statusCode())
                .isEqualTo(403);
        assertThat(account.api("PATCH", "contacts/6", "{\"name\":\"B\"}").statusCode())
                .isEqualTo(403);
        String popup = "{\"add\":[{\"type\":\"phone_call\",\"phone_number\":\"+79161234567\"}]}";
        assertThat(
                        AmoAccount.json(account.send("POST", "api/v2/events", popup))
                                .at("/_embedded/items/0/element_id")
                                .isNull())
                .isTrue();
    }

    @Test
    void pipelinesHoldUnsortedAndTheTwoClosedStatuses() {
        JsonNode answer = account.get("leads/pipelines");
        JsonNode pipeline = answer.at("/_embedded/pipelines/0");
        assertThat(pipeline.path("is_main").asBoolean()).isTrue();
        assertThat(pipeline.path("is_unsorted_on").asBoolean()).isTrue();
        JsonNode statuses = pipeline.at("/_embedded/statuses");
        assertThat(statuses.path(0).path("type").asInt()).isEqualTo(1);
        assertThat(statuses.findValuesAsText("id")).endsWith("142", "143");
        assertThat(account.get("leads/pipelines/" + AmoAccount.PIPELINE).path("id").asLong())
                .isEqualTo(AmoAccount.PIPELINE);
        assertThat(account.api("GET", "leads/pipelines/5", "").statusCode()).isEqualTo(404);
    }

    @Test
    void customFieldsNameTheirCodesAndChoices() {
        JsonNode fields = account.get("contacts/custom_fields").at("/_embedded/custom_fields");
        assertThat(fields.path(0).path("code").asText()).isEqualTo("PHONE");
        assertThat(fields.path(0).path("enums").findValuesAsText("value"))
                .containsExactly("WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER");
        assertThat(
                        account.get("leads/custom_fields")
                                .at("/_embedded/custom_fields/0/type")
                                .asText())
                .isEqualTo("text");
    }

    @Test
    void theStateIsSeededAndReadAndForgotten() {
        account.put(
                "{\"users\":[{\"id\":1,\"name\":\"Boss\",\"rights\":{\"is_admin\":true,"
                        + "\"is_active\":true}}],\"contacts\":[{\"id\":5,\"phone\":\"+79161234567\"}]}");
        assertThat(account.state().at("/users/0/name").asText()).isEqualTo("Boss");
        assertThat(account.state().at("/contacts/0/custom_fields_values/0/values/0/value").asText())
                .isEqualTo("+79161234567");
        assertThat(account.send("PUT", "_state", "{\"odd\":1}").body()).contains("/odd");
        assertThat(account.send("POST", "_faults", "{\"kind\":\"odd\"}").statusCode())
                .isEqualTo(400);
        assertThat(account.send("POST", "_odd", "").statusCode()).isEqualTo(404);
        account.send("DELETE", "_state", "");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(404);
    }

    @Test
    void anAccountInstalledTwiceKeepsItsDataAndItsOlderTokens() {
        account.post("contacts", "[{\"name\":\"Kept\"}]");
        account.send("POST", "_install", "{}");
        assertThat(account.get("contacts").at("/_embedded/contacts")).hasSize(1);
    }

    @Test
    void thePageShowsWhatThereIs() {
        account.put(
                "{\"contacts\":[{\"id\":5,\"name\":\"Ivan <b>\",\"phone\":\"+79161234567\"}],"
                        + "\"leads\":[{\"id\":13,\"name\":\"Deal\"}]}");
        account.send(
                "POST",
                "api/v2/events",
                "{\"add\":[{\"type\":\"phone_call\",\"phone_number\":\"+79161234567\","
                        + "\"users\":[8]}]}");
        account.post(
                "leads/13/notes",
                "[{\"note_type\":\"call_in\",\"params\":{\"uniq\":\"u\",\"duration\":77,"
                        + "\"source\":\"s\",\"phone\":\"+79161234567\"}}]");
        String page = account.overview();
        assertThat(page)
                .contains("amoCRM main", "Ivan &lt;b&gt;", "contact 5", "Olga Sidorova")
                .contains("call_in", "77", "Первичный контакт", "Unsorted");
    }
}
