package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Subscriptions to webhooks: administrators, at most a hundred. */
final class Webhooks {
    private static final int MOST = 100;
    private static final Set<String> SETTINGS = settings();

    private Webhooks() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "webhooks", Webhooks::list);
        routes.add("POST", "webhooks", Webhooks::subscribe);
        routes.add("DELETE", "webhooks", Webhooks::unsubscribe);
    }

    private static Set<String> settings() {
        Set<String> all = new TreeSet<>();
        for (String entity : List.of("lead", "contact", "company", "customer", "task")) {
            for (String action : List.of("add_", "update_", "delete_", "responsible_")) {
                all.add(action + entity);
            }
            all.add("note_" + entity);
            all.add("restore_" + entity);
        }
        all.removeAll(Set.of("note_task", "restore_task", "restore_customer"));
        all.addAll(Set.of("status_lead", "add_talk", "update_talk"));
        return all;
    }

    private static Reply list(ApiCall call) throws ApiFault {
        allowed(call);
        List<ObjectNode> rows =
                call.portal().webhooks().all().stream().map(ObjectNode::deepCopy).toList();
        return Hal.page(call, "webhooks", rows);
    }

    private static Reply subscribe(ApiCall call) throws ApiFault {
        allowed(call);
        ObjectNode given = call.item();
        Validation validation = new Validation();
        Validation.Item item = validation.item(given, 0);
        item.required("destination", "settings");
        item.text("destination");
        if (!isAddress(Json.text(given, "destination"))) {
            item.wrong("InvalidUrl", "destination", "This value is not a valid URL.");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode setting : given.path("settings")) {
            if (!SETTINGS.contains(setting.asText())) {
                item.noChoice("settings." + names.size());
            }
            names.add(setting.asText());
        }
        if (names.isEmpty()) {
            item.wrong("NotBlank", "settings", "This value should not be blank.");
        }
        validation.check();
        Optional<ObjectNode> old = found(call, Json.text(given, "destination"));
        if (old.isEmpty() && call.portal().webhooks().all().size() >= MOST) {
            throw ApiFault.badRequest("Webhooks limit reached");
        }
        ObjectNode row = old.orElseGet(() -> call.portal().webhooks().add(Json.object()));
        row.set("destination", given.get("destination"));
        row.set("settings", given.get("settings").deepCopy());
        row.put("sort", given.path("sort").asInt(0)).put("disabled", false);
        row.put("account_id", call.portal().accountId());
        row.put("created_by", Long.parseLong(call.user()));
        row.put("created_at", call.now()).put("updated_at", call.now());
        return Hal.answer(201, row);
    }

    private static Reply unsubscribe(ApiCall call) throws ApiFault {
        allowed(call);
        ObjectNode row =
                found(call, Json.text(call.item(), "destination")).orElseThrow(ApiFault::notFound);
        call.portal().webhooks().remove(row.path("id").asText());
        return Reply.empty(204);
    }

    private static Optional<ObjectNode> found(ApiCall call, String destination) {
        return call.portal().webhooks().all().stream()
                .filter(row -> Json.text(row, "destination").equals(destination))
                .findFirst();
    }

    private static void allowed(ApiCall call) throws ApiFault {
        if (!call.portal().isAdmin(call.user())) {
            throw ApiFault.forbidden();
        }
    }

    private static boolean isAddress(String text) {
        try {
            return text.matches("https?://.+") && URI.create(text).getHost() != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
