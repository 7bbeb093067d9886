package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/** Users of the portal, and what is sent to them. */
final class UserMethods {
    private UserMethods() {}

    static void add(MethodTable table) {
        table.add("user.get", UserMethods::get);
        table.add("user.current", call -> RestResult.of(current(call).deepCopy()));
        table.add("profile", UserMethods::profile);
        table.add("im.notify.personal.add", call -> notify(call, "personal"));
        table.add("im.notify.system.add", call -> notify(call, "system"));
        table.add("im.message.add", UserMethods::message);
    }

    private static RestResult get(RestCall call) throws RestFault {
        ObjectNode filter = Json.object();
        if (call.object("FILTER") instanceof ObjectNode given) {
            filter.setAll(given);
        }
        if (!call.text("ID").isEmpty()) {
            filter.put("ID", call.text("ID"));
        }
        if (filter.path("ACTIVE").asText().equals("1")) {
            filter.put("ACTIVE", true);
        }
        String sort = call.text("sort", "ID");
        return Page.of(
                call.portal().users().all(),
                filter,
                Map.of(sort, call.text("order", "ASC")),
                call.number("start", 0),
                ObjectNode::deepCopy);
    }

    private static RestResult profile(RestCall call) {
        ObjectNode user = current(call);
        return RestResult.of(
                Json.object()
                        .put("ID", Json.text(user, "ID"))
                        .put("ADMIN", user.path("IS_ADMIN").asBoolean())
                        .put("NAME", Json.text(user, "NAME"))
                        .put("LAST_NAME", Json.text(user, "LAST_NAME")));
    }

    /** To a user, or into a chat of an open line that the caller is in. */
    private static RestResult message(RestCall call) throws RestFault {
        String dialog = call.text("DIALOG_ID");
        if (!dialog.startsWith("chat")) {
            return notify(call, "message");
        }
        if (call.text("MESSAGE").isEmpty()) {
            throw new RestFault(400, "MESSAGE_EMPTY", "Message can't be empty");
        }
        OpenLines lines = call.portal().openLines();
        String user = call.caller().user();
        ObjectNode chat =
                lines.chats()
                        .get(dialog.substring("chat".length()))
                        .filter(row -> OpenLines.isMember(row, user))
                        .orElseThrow(
                                () -> new RestFault(400, "ACCESS_ERROR", "Action unavailable"));
        return RestResult.of(
                lines.write(chat, user, call.text("MESSAGE"), call.portal().clock().stamp()));
    }

    private static RestResult notify(RestCall call, String kind) throws RestFault {
        String user = call.text("USER_ID", call.text("DIALOG_ID", call.text("to")));
        if (user.isEmpty()) {
            throw new RestFault(400, "USER_ID_EMPTY", "User ID can't be empty");
        }
        if (call.text("MESSAGE").isEmpty()) {
            throw new RestFault(400, "MESSAGE_EMPTY", "Message can't be empty");
        }
        replaceTagged(call, user);
        ObjectNode row =
                call.portal()
                        .notifications()
                        .add(
                                Json.object()
                                        .put("USER_ID", user)
                                        .put("MESSAGE", call.text("MESSAGE"))
                                        .put("TAG", call.text("TAG"))
                                        .put("SUB_TAG", call.text("SUB_TAG"))
                                        .put("kind", kind)
                                        .put("at", call.portal().clock().stamp()));
        return RestResult.of(row.get("ID").asLong());
    }

    /** A tag is unique: a message with it takes the place of the one that had it. */
    private static void replaceTagged(RestCall call, String user) {
        Table all = call.portal().notifications();
        all.all().stream()
                .filter(row -> !call.text("TAG").isEmpty())
                .filter(row -> Json.text(row, "TAG").equals(call.text("TAG")))
                .filter(row -> Json.text(row, "USER_ID").equals(user))
                .map(row -> Json.text(row, "ID"))
                .toList()
                .forEach(all::remove);
    }

    private static ObjectNode current(RestCall call) {
        return call.portal().users().get(call.caller().user()).orElseGet(Json::object);
    }
}
