package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** {@code POST /api/v2/events}: the popup of a call, and the search for who calls in one. */
final class Popups {
    private Popups() {}

    static Reply add(ApiCall call) throws ApiFault {
        JsonNode items = call.body().path("add");
        if (items.isEmpty()) {
            throw ApiFault.badRequest("Request validation failed");
        }
        for (JsonNode item : items) {
            if (!Json.text(item, "type").equals("phone_call")
                    || Json.text(item, "phone_number").isBlank()) {
                throw ApiFault.badRequest("Request validation failed");
            }
        }
        ObjectNode out = Json.object();
        out.putObject("_links")
                .putObject("self")
                .put("href", call.portal().address() + "/api/v2/events")
                .put("method", "post");
        ArrayNode answers = out.putObject("_embedded").putArray("items");
        items.forEach(item -> answers.add(shown(call, item)));
        return Hal.answer(out);
    }

    private static ObjectNode shown(ApiCall call, JsonNode item) {
        AmoPortal portal = call.portal();
        String phone = Json.text(item, "phone_number");
        Optional<CallTarget> target = CallTarget.of(call, phone);
        ObjectNode answer = Json.object();
        if (target.isPresent()) {
            answer.put("element_id", Long.parseLong(target.get().id()))
                    .put("element_type", target.get().type().number());
        } else {
            answer.putNull("element_id").putNull("element_type");
        }
        answer.put("uid", UUID.randomUUID().toString()).put("phone_number", phone);
        JsonNode users = item.path("users");
        if (users.isMissingNode() || users.isNull() || (users.isArray() && users.isEmpty())) {
            card(portal, answer).put("everybody", true);
        } else if (users.isArray()) {
            users.forEach(user -> card(portal, answer, user));
        } else {
            card(portal, answer, users);
        }
        return answer;
    }

    /** A user nobody knows is no error; {@code known} tells of it. */
    private static void card(AmoPortal portal, JsonNode answer, JsonNode user) {
        card(portal, answer)
                .put("user", user.asText())
                .put("known", portal.users().get(user.asText()).isPresent());
    }

    private static ObjectNode card(AmoPortal portal, JsonNode answer) {
        ObjectNode card =
                portal.cards()
                        .addObject()
                        .put("at", portal.clock().stamp())
                        .put("action", "show")
                        .put("phone", answer.path("phone_number").asText())
                        .put("call", answer.path("uid").asText())
                        .put("uid", answer.path("uid").asText());
        card.set("element_id", answer.path("element_id"));
        card.set("element_type", answer.path("element_type"));
        return card;
    }

    /** The numbers a request asks popups for. */
    static List<String> numbers(String path, JsonNode body) {
        List<String> out = new ArrayList<>();
        if (path.equals("v2/events")) {
            body.path("add").forEach(item -> out.add(Json.text(item, "phone_number")));
        }
        return out;
    }
}
