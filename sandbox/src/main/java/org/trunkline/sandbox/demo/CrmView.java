package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the simulated portal holds about one client's number. */
record CrmView(
        List<JsonNode> calls, List<JsonNode> contacts, List<JsonNode> deals, List<JsonNode> cards) {

    static CrmView of(JsonNode state, String client) {
        List<JsonNode> calls = new ArrayList<>();
        state.path("calls")
                .forEach(call -> addIf(calls, call, same(call.path("PHONE_NUMBER"), client)));
        List<JsonNode> contacts = new ArrayList<>();
        for (JsonNode contact : state.path("contacts")) {
            for (JsonNode phone : contact.path("PHONE")) {
                addIf(contacts, contact, same(phone.path("VALUE"), client));
            }
        }
        List<JsonNode> deals = new ArrayList<>();
        for (JsonNode deal : state.path("deals")) {
            for (JsonNode contact : contacts) {
                addIf(deals, deal, deal.path("CONTACT_ID").asText().equals(id(contact)));
            }
        }
        List<JsonNode> cards = new ArrayList<>();
        state.path("cards").forEach(card -> addIf(cards, card, same(card.path("phone"), client)));
        return new CrmView(calls, contacts, deals, cards);
    }

    boolean allFinished() {
        return calls.stream().allMatch(call -> call.path("finished").asBoolean());
    }

    Optional<JsonNode> call(String user) {
        return calls.stream()
                .filter(c -> c.path("PORTAL_USER_ID").asText().equals(user))
                .findFirst();
    }

    Set<String> shownTo() {
        Set<String> users = new HashSet<>();
        cards.stream()
                .filter(card -> card.path("action").asText().equals("show"))
                .forEach(card -> users.add(card.path("user").asText()));
        return users;
    }

    /** Users whose last word is "show": the card still stands on their screen. */
    Set<String> stillShown() {
        Set<String> standing = new HashSet<>();
        for (JsonNode card : cards) {
            String key = card.path("user").asText() + " " + card.path("call").asText();
            if (card.path("action").asText().equals("show")) {
                standing.add(key);
            } else {
                standing.remove(key);
            }
        }
        return standing;
    }

    static boolean recorded(JsonNode call) {
        return !call.path("RECORD_FILE_ID").asText().isEmpty();
    }

    static int seconds(JsonNode call) {
        return call.path("CALL_DURATION").asInt();
    }

    static String id(JsonNode row) {
        return row.path("ID").asText();
    }

    private static boolean same(JsonNode number, String client) {
        return number.asText().replaceAll("\\D", "").equals(client.replaceAll("\\D", ""));
    }

    private static void addIf(List<JsonNode> list, JsonNode row, boolean wanted) {
        if (wanted) {
            list.add(row);
        }
    }
}
