package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** The account itself, its users and its custom fields. */
final class AccountMethods {
    private AccountMethods() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "account", AccountMethods::account);
        routes.add("GET", "users", AccountMethods::users);
        routes.add("GET", "users/{id}", AccountMethods::user);
        routes.add("GET", "{entity}/custom_fields", AccountMethods::fields);
        routes.add("GET", "{entity}/custom_fields/{id}", AccountMethods::field);
    }

    private static Reply account(ApiCall call) {
        ObjectNode out = call.portal().account().deepCopy();
        out.put("current_user_id", Long.parseLong(call.user()));
        out.remove(Set.of("is_paid"));
        Set<String> with = call.with();
        for (String part : List.of("version", "amojo_id", "drive_url")) {
            if (!with.contains(part)) {
                out.remove(part);
            }
        }
        ObjectNode embedded = Json.object();
        if (with.contains("task_types")) {
            var types = embedded.putArray("task_types");
            types.addObject().put("id", 1).put("name", "Связаться").put("code", "FOLLOW_UP");
            types.addObject().put("id", 2).put("name", "Встреча").put("code", "MEETING");
        }
        if (with.contains("users_groups")) {
            embedded.putArray("users_groups")
                    .addObject()
                    .put("id", 0)
                    .put("name", "Отдел продаж")
                    .putNull("uuid");
        }
        if (!embedded.isEmpty()) {
            out.set("_embedded", embedded);
        }
        return Hal.answer(Hal.self(call.portal(), out, "account"));
    }

    private static Reply users(ApiCall call) throws ApiFault {
        allowed(call);
        List<ObjectNode> rows =
                call.portal().users().all().stream().map(row -> shown(call, row)).toList();
        return Hal.page(call, "users", rows);
    }

    private static Reply user(ApiCall call) throws ApiFault {
        allowed(call);
        return Hal.answer(
                shown(
                        call,
                        call.portal()
                                .users()
                                .get(call.argument(0))
                                .orElseThrow(ApiFault::notFound)));
    }

    /** Administrators only, and no external integration at all. */
    private static void allowed(ApiCall call) throws ApiFault {
        if (call.portal().integration().external() || !call.portal().isAdmin(call.user())) {
            throw ApiFault.forbidden();
        }
    }

    private static ObjectNode shown(ApiCall call, ObjectNode row) {
        return Hal.self(call.portal(), row.deepCopy(), "users/" + row.path("id").asText());
    }

    private static Reply fields(ApiCall call) throws ApiFault {
        String path = call.type().path() + "/custom_fields/";
        List<ObjectNode> rows =
                call.portal().fields(call.type()).all().stream()
                        .map(row -> Hal.self(call.portal(), row.deepCopy(), path + id(row)))
                        .toList();
        return Hal.page(call, "custom_fields", rows);
    }

    private static Reply field(ApiCall call) {
        return call.portal()
                .fields(call.type())
                .get(call.argument(1))
                .map(row -> Hal.answer(row.deepCopy()))
                .orElseGet(() -> Reply.empty(204));
    }

    private static String id(ObjectNode row) {
        return row.path("id").asText();
    }
}
