package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notes on an entity, and tasks. */
class AmoNotesTest {
    private final AmoAccount account = new AmoAccount();

    @BeforeEach
    void seed() {
        account.put(
                "{\"leads\":[{\"id\":13,\"name\":\"Deal\"},{\"id\":14,\"name\":\"Other\"}],"
                        + "\"contacts\":[{\"id\":5,\"name\":\"Ivan\"}]}");
    }

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void aCallIsNotedOnTheEntityThatIsNamed() {
        JsonNode answer =
                account.post(
                        "leads/notes",
                        "["
                                + call("u1", "\"entity_id\":13,\"created_by\":7,")
                                + ","
                                + call("u2", "\"entity_id\":14,\"request_id\":\"b\",")
                                + "]");
        JsonNode rows = answer.at("/_embedded/notes");
        assertThat(rows.findValuesAsText("entity_id")).containsExactly("13", "14");
        assertThat(rows.findValuesAsText("request_id")).containsExactly("0", "b");
        JsonNode note = account.get("leads/13/notes").at("/_embedded/notes/0");
        assertThat(note.path("created_by").asInt()).isEqualTo(7);
        assertThat(note.path("created_at").asLong()).isEqualTo(1_700_000_000);
        assertThat(note.at("/params/uniq").asText()).isEqualTo("u1");
        assertThat(note.has("entity_type")).isFalse();
    }

    @Test
    void notesAreFoundByTypeEntityAndTime() {
        account.post("leads/13/notes", "[" + call("u1", "") + "," + text("Hello") + "]");
        account.post("leads/notes", "[" + call("u2", "\"entity_id\":14,") + "]");
        assertThat(notes("leads/notes?filter[note_type][]=call_in")).hasSize(2);
        assertThat(notes("leads/notes?filter[note_type]=common")).hasSize(1);
        assertThat(notes("leads/13/notes?filter[note_type][]=call_in&filter[note_type][]=call_out"))
                .hasSize(1);
        assertThat(notes("leads/notes?filter[entity_id][]=14")).hasSize(1);
        assertThat(notes("leads/notes?order[id]=desc&limit=1").at("/0/params/uniq").asText())
                .isEqualTo("u2");
        assertThat(account.api("GET", "contacts/5/notes", "").statusCode()).isEqualTo(204);
        assertThat(account.api("GET", "leads/notes?filter[updated_at][to]=100", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPatchReplacesTheParamsWhole() {
        String id =
                account.post("leads/13/notes", "[" + call("u1", "") + "]")
                        .at("/_embedded/notes/0/id")
                        .asText();
        String changed =
                "\"note_type\":\"call_in\",\"params\":{\"uniq\":\"u1\",\"duration\":42,"
                        + "\"source\":\"hub\",\"phone\":\"+79161234567\","
                        + "\"link\":\"https://hub.example/r\"}}";
        account.patch("leads/13/notes/" + id, "{" + changed);
        JsonNode params = account.get("leads/13/notes/" + id).path("params");
        assertThat(params.path("duration").asInt()).isEqualTo(42);
        assertThat(params.path("link").asText()).isEqualTo("https://hub.example/r");
        assertThat(params.has("call_status")).isFalse();
        account.patch("leads/notes/" + id, "{" + changed.replace("42", "43"));
        JsonNode many =
                account.patch(
                        "leads/notes", "[{\"id\":" + id + "," + changed.replace("42", "44") + "]");
        assertThat(many.at("/_embedded/notes/0/id").asText()).isEqualTo(id);
        assertThat(account.get("leads/notes/" + id).at("/params/duration").asInt()).isEqualTo(44);
    }

    @Test
    void aPatchNeedsItsTypeAndTheParamsOfANewNote() {
        String id =
                account.post("leads/13/notes", "[" + call("u1", "") + "]")
                        .at("/_embedded/notes/0/id")
                        .asText();
        assertThat(
                        AmoAccount.complaints(
                                account.api(
                                        "PATCH",
                                        "leads/notes",
                                        "[{\"id\":" + id + ",\"params\":{\"duration\":1}}]")))
                .contains("FieldMissing note_type", "NotSupportedChoice note_type");
        assertThat(
                        AmoAccount.complaints(
                                account.api(
                                        "PATCH",
                                        "leads/notes",
                                        "[{\"id\":"
                                                + id
                                                + ",\"note_type\":\"call_in\","
                                                + "\"params\":{\"duration\":1}}]")))
                .contains("FieldMissing params.uniq", "FieldMissing params.source");
        assertThat(account.api("PATCH", "leads/13/notes/1", "{}").statusCode()).isEqualTo(404);
        // The same id below another kind of entity is not that note.
        assertThat(account.api("GET", "contacts/notes/" + id, "").statusCode()).isEqualTo(204);
    }

    @Test
    void wrongNotesAreRefused() {
        HttpResponse<String> refused =
                account.api(
                        "POST",
                        "leads/notes",
                        "[{\"entity_id\":99,\"note_type\":\"call_in\",\"params\":{\"uniq\":\"u\","
                                + "\"duration\":\"5\",\"source\":\"s\",\"phone\":\"1\","
                                + "\"link\":null}},{\"entity_id\":13,\"note_type\":\"odd\","
                                + "\"params\":{}}]");
        assertThat(AmoAccount.complaints(refused))
                .contains(
                        "0 NotSupportedChoice entity_id",
                        "0 InvalidType params.duration",
                        "0 NotNullable params.link",
                        "1 NotSupportedChoice note_type");
        assertThat(account.state().path("notes")).isEmpty();
    }

    @Test
    void tasksAreMadeAndCompleted() {
        JsonNode made =
                account.post(
                        "tasks",
                        "[{\"text\":\"Call back\",\"complete_till\":1700000000,\"entity_id\":13,"
                                + "\"entity_type\":\"leads\",\"task_type_id\":1,"
                                + "\"responsible_user_id\":7,\"request_id\":\"t\"}]");
        assertThat(made.at("/_embedded/tasks/0/request_id").asText()).isEqualTo("t");
        String id = made.at("/_embedded/tasks/0/id").asText();
        account.patch("tasks/" + id, "{\"is_completed\":true,\"result\":{\"text\":\"Done\"}}");
        account.patch("tasks", "[{\"id\":" + id + ",\"text\":\"Called\"}]");
        JsonNode task = account.get("tasks/" + id);
        assertThat(task.path("is_completed").asBoolean()).isTrue();
        assertThat(task.path("text").asText()).isEqualTo("Called");
        assertThat(task.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(
                        AmoAccount.complaints(
                                account.api(
                                        "POST",
                                        "tasks",
                                        "[{\"text\":\"x\",\"entity_id\":99,"
                                                + "\"entity_type\":\"leads\"}]")))
                .contains("FieldMissing complete_till", "NotSupportedChoice entity_id");
    }

    private JsonNode notes(String path) {
        return account.get(path).at("/_embedded/notes");
    }

    private static String text(String text) {
        return "{\"note_type\":\"common\",\"params\":{\"text\":\"" + text + "\"}}";
    }

    private static String call(String uniq, String more) {
        return "{"
                + more
                + "\"note_type\":\"call_in\",\"created_at\":1700000000,\"params\":{\"uniq\":\""
                + uniq
                + "\",\"duration\":5,\"source\":\"hub\",\"phone\":\"+79161234567\","
                + "\"call_status\":4}}";
    }
}
