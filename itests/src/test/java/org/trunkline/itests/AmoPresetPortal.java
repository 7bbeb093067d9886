package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a simulated amoCRM account holds of a client. */
record AmoPresetPortal(Http sandbox, String id) {

    /** The main pipeline of a fresh account, and the first stage in it that is not Unsorted. */
    static final long PIPELINE = 3_383_152;

    static final long FIRST_STAGE = 33_929_749;

    /** Another pipeline, and its first working stage. */
    static final long SECOND_PIPELINE = 3_383_155;

    static final long SECOND_FIRST_STAGE = 33_929_849;

    /** Won, in every pipeline. */
    private static final long WON = 142;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A contact with one deal. */
    record Known(long contact, long deal) {}

    /** As whoever makes a token by hand, for good. */
    JsonNode install() {
        JsonNode installed = post("_install", JSON.createObjectNode().put("longLivedToken", true));
        put("{\"clock\":{\"factor\":0.05}}");
        return installed;
    }

    private String path(String what) {
        return "/sandbox/amocrm/" + id + "/" + what;
    }

    private JsonNode post(String what, JsonNode body) {
        return Http.parse(PresetCompany.accepted(sandbox.post(path(what), body.toString())).body());
    }

    /** Parts of the account's state to be replaced. */
    void put(String json) {
        PresetCompany.accepted(sandbox.put(path("_state"), json));
    }

    JsonNode state() {
        return sandbox.json(path("_state"));
    }

    /** The calls of a client, the oldest first, as soon as the account shows so many. */
    List<JsonNode> calls(String client, int many) {
        return Awaitility.await(many + " calls of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> calls(client), found -> found.size() == many);
    }

    List<JsonNode> calls(String client) {
        return rows(
                "notes",
                row ->
                        row.path("note_type").asText().startsWith("call_")
                                && row.at("/params/phone").asText().equals(client));
    }

    /** The words that stand where a call stands. */
    List<String> textsBeside(JsonNode call) {
        return rows(
                        "notes",
                        row ->
                                row.path("note_type").asText().equals("common")
                                        && row.path("entity_type").equals(call.path("entity_type"))
                                        && row.path("entity_id").equals(call.path("entity_id")))
                .stream()
                .map(row -> row.at("/params/text").asText())
                .toList();
    }

    List<JsonNode> contacts(String client) {
        return rows(
                "contacts", row -> row.path("custom_fields_values").toString().contains(client));
    }

    /** The deals of a client's contacts, those in Unsorted among them. */
    List<JsonNode> deals(String client) {
        List<String> contacts =
                contacts(client).stream().map(row -> row.path("id").asText()).toList();
        return rows(
                "leads",
                row -> {
                    for (JsonNode contact : row.at("/_embedded/contacts")) {
                        if (contacts.contains(contact.path("id").asText())) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** What waits for somebody to sort it. */
    List<JsonNode> unsorted(String client) {
        return rows("unsorted", row -> row.at("/metadata/phone").asText().equals(client));
    }

    /** The popups that a client's calls led to, in order. */
    List<JsonNode> cards(String client) {
        return rows("cards", row -> row.path("phone").asText().equals(client));
    }

    /** Who was shown them, in order. */
    List<String> cardUsers(String client) {
        return cards(client).stream()
                .map(
                        card ->
                                card.path("everybody").asBoolean()
                                        ? "all"
                                        : card.path("user").asText())
                .toList();
    }

    private List<JsonNode> rows(String part, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode row : state().path(part)) {
            if (wanted.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    /** A client whom the account knows: a contact of user 8 with one deal. */
    Known knows(String client, String dealsUser, boolean open) {
        ObjectNode deal =
                JSON.createObjectNode()
                        .put("name", "Old deal")
                        .put("pipeline_id", PIPELINE)
                        .put("status_id", open ? FIRST_STAGE : WON)
                        .put("responsible_user_id", Long.parseLong(dealsUser));
        ObjectNode contact = deal.putObject("_embedded").putArray("contacts").addObject();
        contact.put("name", "Known").put("responsible_user_id", 8);
        ObjectNode phone = contact.putArray("custom_fields_values").addObject();
        phone.put("field_code", "PHONE");
        phone.putArray("values").addObject().put("value", client).put("enum_code", "WORK");
        JsonNode made =
                Http.parse(
                                PresetCompany.accepted(
                                                somebody()
                                                        .post(
                                                                "/api/v4/leads/complex",
                                                                "[" + deal + "]"))
                                        .body())
                        .path(0);
        return new Known(made.path("contact_id").asLong(), made.path("id").asLong());
    }

    /** Somebody else who works in the account. */
    private Http somebody() {
        JsonNode installed = post("_install", JSON.createObjectNode().put("longLivedToken", true));
        return new Http(
                installed.path("address").asText(),
                Optional.of("Bearer " + installed.at("/auth/longLivedToken").asText()));
    }

    void clearFaults() {
        PresetCompany.accepted(sandbox.delete(path("_faults")));
    }

    /** As {@code _faults} of the sandbox takes it. */
    void fault(String json) {
        PresetCompany.accepted(sandbox.post(path("_faults"), json));
    }
}
