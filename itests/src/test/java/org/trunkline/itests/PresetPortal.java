package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** What a simulated Bitrix24 holds of a client. */
record PresetPortal(Http sandbox, String id) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the application's installation gives it. */
    JsonNode install() {
        JsonNode installed =
                Http.parse(PresetCompany.accepted(sandbox.post(path("_install"), "{}")).body());
        PresetCompany.accepted(sandbox.put(path("_state"), "{\"clock\":{\"factor\":0.05}}"));
        return installed;
    }

    private String path(String what) {
        return "/sandbox/bitrix24/" + id + "/" + what;
    }

    JsonNode state() {
        return sandbox.json(path("_state"));
    }

    /** The portal's finished calls of a client, as soon as there are so many. */
    List<JsonNode> records(String client, int many) {
        return Awaitility.await(many + " records of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> finished(client), found -> found.size() == many);
    }

    private List<JsonNode> finished(String client) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode call : state().path("calls")) {
            if (call.path("PHONE_NUMBER").asText().equals(client)
                    && call.path("finished").asBoolean()) {
                found.add(call);
            }
        }
        return found;
    }

    /** Users who were shown the card of a client's call, each once. */
    List<String> cardShown(String client) {
        List<String> users = new ArrayList<>();
        for (JsonNode card : state().path("cards")) {
            if (card.path("phone").asText().equals(client)
                    && card.path("action").asText().equals("show")) {
                users.add(card.path("user").asText());
            }
        }
        return users.stream().distinct().toList();
    }

    /** What the portal has of a client, such as {@code CONTACT 12}. */
    List<String> made(String client) {
        records(client, 1);
        List<String> made = new ArrayList<>();
        contacts(client).forEach(id -> made.add("CONTACT " + id));
        deals(client).forEach(deal -> made.add("DEAL " + deal.path("ID").asText()));
        for (JsonNode lead : state().path("leads")) {
            if (lead.toString().contains(client)) {
                made.add("LEAD " + lead.path("ID").asText());
            }
        }
        return made;
    }

    private List<String> contacts(String client) {
        List<String> contacts = new ArrayList<>();
        for (JsonNode contact : state().path("contacts")) {
            if (contact.path("PHONE").toString().contains(client)) {
                contacts.add(contact.path("ID").asText());
            }
        }
        return contacts;
    }

    /** The deals of a client, the newest last. */
    List<JsonNode> deals(String client) {
        List<String> contacts = contacts(client);
        List<JsonNode> deals = new ArrayList<>();
        for (JsonNode deal : state().path("deals")) {
            if (contacts.contains(deal.path("CONTACT_ID").asText())) {
                deals.add(deal);
            }
        }
        return deals;
    }

    /** The activities of a client's finished calls. */
    List<JsonNode> activities(String client) {
        return finished(client).stream()
                .map(call -> activity(call.path("CRM_ACTIVITY_ID").asText()))
                .toList();
    }

    /** A client whom the portal knows: a contact of user 8 with one deal. */
    void knows(String client, String dealsUser, boolean open) {
        JsonNode state = state();
        // Not next to each other: what the hub makes gets the id after the latest.
        String id = "9" + client.substring(8) + "00";
        ArrayNode contacts = (ArrayNode) state.path("contacts");
        contacts.addObject()
                .put("ID", id)
                .put("NAME", "Known")
                .put("ASSIGNED_BY_ID", "8")
                .put("HAS_PHONE", "Y")
                .putArray("PHONE")
                .addObject()
                .put("ID", id)
                .put("VALUE", client)
                .put("VALUE_TYPE", "WORK")
                .put("TYPE_ID", "PHONE");
        ArrayNode deals = (ArrayNode) state.path("deals");
        deals.addObject()
                .put("ID", id)
                .put("TITLE", "Old deal")
                .put("ASSIGNED_BY_ID", dealsUser)
                .put("CONTACT_ID", id)
                .put("CATEGORY_ID", "0")
                .put("STAGE_ID", open ? "NEW" : "WON")
                .put("STAGE_SEMANTIC_ID", open ? "P" : "S")
                .put("CLOSED", open ? "N" : "Y")
                .putArray("CONTACT_IDS")
                .add(id);
        ObjectNode seed = JSON.createObjectNode();
        seed.set("contacts", contacts);
        seed.set("deals", deals);
        PresetCompany.accepted(sandbox.put(path("_state"), seed.toString()));
    }

    /** Messages to employees that name a client. */
    List<JsonNode> notifications(String client) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode notification : state().path("notifications")) {
            if (notification.toString().contains(client)) {
                found.add(notification);
            }
        }
        return found;
    }

    /** What was said in a finished call, phrase by phrase. */
    List<String> transcript(String callId) {
        List<String> phrases = new ArrayList<>();
        for (JsonNode transcript : state().path("transcripts")) {
            if (transcript.path("CALL_ID").asText().equals(callId)) {
                transcript.path("MESSAGES").forEach(m -> phrases.add(m.path("MESSAGE").asText()));
            }
        }
        return phrases;
    }

    /** What hangs on a finished call. */
    List<JsonNode> recordings(String callId) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode recording : state().path("records")) {
            if (recording.path("CALL_ID").asText().equals(callId)) {
                found.add(recording);
            }
        }
        return found;
    }

    JsonNode activity(String id) {
        for (JsonNode activity : state().path("activities")) {
            if (activity.path("ID").asText().equals(id)) {
                return activity;
            }
        }
        throw new AssertionError("no activity " + id);
    }

    void clearFaults() {
        PresetCompany.accepted(sandbox.delete(path("_faults")));
    }

    /** As {@code _faults} of the sandbox takes it. */
    void fault(String json) {
        PresetCompany.accepted(sandbox.post(path("_faults"), json));
    }
}
