package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/**
 * {@code imopenlines.crm.*}: the chats of open lines that belong to an entity of the CRM. Each
 * method words the same mistake in its own way, as the vendor's pages of them do.
 */
final class CrmChats {
    private CrmChats() {}

    static void add(MethodTable table) {
        table.add("imopenlines.crm.chat.get", CrmChats::chats);
        table.add("imopenlines.crm.chat.getLastId", CrmChats::lastId);
        table.add("imopenlines.crm.chat.user.add", CrmChats::addUser);
        table.add("imopenlines.crm.chat.user.delete", CrmChats::deleteUser);
        table.add("imopenlines.crm.message.add", CrmChats::message);
    }

    private static RestResult chats(RestCall call) throws RestFault {
        required(call, "CRM_ENTITY_TYPE", "CRM_ENTITY");
        Optional<EntityRef> entity = entity(call);
        boolean all = !call.flag("ACTIVE_ONLY", true);
        if (EntityKind.byName(call.text("CRM_ENTITY_TYPE")).isEmpty()) {
            throw denied("Access denied! You dont have access to this action");
        }
        ArrayNode out = Json.array();
        entity.map(call.portal().openLines()::of).stream()
                .flatMap(java.util.List::stream)
                .filter(chat -> all || !Json.text(chat, "ACTIVE").equals("N"))
                .forEach(
                        chat ->
                                out.addObject()
                                        .put("CHAT_ID", Json.text(chat, "ID"))
                                        .put("CONNECTOR_ID", Json.text(chat, "CONNECTOR_ID"))
                                        .put(
                                                "CONNECTOR_TITLE",
                                                Json.text(chat, "CONNECTOR_TITLE")));
        return RestResult.of(out);
    }

    private static RestResult lastId(RestCall call) throws RestFault {
        given(call);
        ObjectNode chat =
                entity(call)
                        .flatMap(call.portal().openLines()::last)
                        .orElseThrow(() -> empty("Could not find CRM entity"));
        return RestResult.of(chat.get("ID").asLong());
    }

    private static RestResult addUser(RestCall call) throws RestFault {
        required(call, "CRM_ENTITY_TYPE", "CRM_ENTITY");
        EntityRef entity =
                allowed(call, "Access denied! You don't have access to join user to chat");
        if (call.text("USER_ID").isEmpty()) {
            throw argument("Argument 'Empty USER_ID' is null or empty");
        }
        Optional<ObjectNode> found = chat(call, entity);
        if (found.isEmpty()) {
            return RestResult.of(0);
        }
        active(call);
        ObjectNode chat = found.get();
        if (OpenLines.isMember(chat, call.text("USER_ID"))) {
            throw wrong("You don't have access or user already member in chat");
        }
        chat.withArray("users").add(call.text("USER_ID"));
        return RestResult.of(chat.get("ID").asLong());
    }

    private static RestResult deleteUser(RestCall call) throws RestFault {
        if (call.text("USER_ID").isEmpty()) {
            throw new RestFault(400, "CRM_CHAT_EMPTY_USER", "Empty User ID");
        }
        given(call);
        EntityRef entity =
                allowed(call, "Access denied! You don't have access to join user to chat");
        Optional<ObjectNode> found = chat(call, entity);
        if (found.isEmpty()) {
            return RestResult.of(0);
        }
        active(call);
        ObjectNode chat = found.get();
        if (!OpenLines.isMember(chat, call.text("USER_ID"))) {
            throw wrong("You don't have access or user already not in chat");
        }
        ArrayNode left = Json.array();
        for (JsonNode user : chat.path("users")) {
            if (!user.asText().equals(call.text("USER_ID"))) {
                left.add(user);
            }
        }
        chat.set("users", left);
        return RestResult.of(chat.get("ID").asLong());
    }

    private static RestResult message(RestCall call) throws RestFault {
        required(call, "CRM_ENTITY_TYPE", "CRM_ENTITY", "USER_ID", "CHAT_ID", "MESSAGE");
        EntityRef entity = allowed(call, "Access denied! You dont have access to this action");
        ObjectNode chat = chat(call, entity).orElseThrow(CrmChats::notOfCrm);
        String user = call.text("USER_ID");
        boolean works = call.portal().users().get(user).filter(UserLookup::active).isPresent();
        // The sender has to be in the chat; the page names no error of its own for who is not.
        if (!works || !OpenLines.isMember(chat, user)) {
            throw new RestFault(400, "MESSAGE_ADD_ERROR", "Message isn't added");
        }
        return RestResult.of(
                call.portal()
                        .openLines()
                        .write(chat, user, call.text("MESSAGE"), call.portal().clock().stamp()));
    }

    private static void required(RestCall call, String... names) throws RestFault {
        for (String name : names) {
            if (call.text(name).isEmpty()) {
                throw argument("Argument '" + name + "' is null or empty");
            }
        }
        for (String name : names) {
            boolean number = name.equals("CRM_ENTITY") || name.endsWith("_ID");
            if (number && !call.text(name).matches("\\d+")) {
                throw argument("The value of an argument '" + name + "' has an invalid type");
            }
        }
    }

    private static void given(RestCall call) throws RestFault {
        if (call.text("CRM_ENTITY_TYPE").isEmpty() || call.text("CRM_ENTITY").isEmpty()) {
            throw empty("Empty CRM data");
        }
        if (!call.text("CRM_ENTITY").matches("\\d+")) {
            throw argument("The value of an argument 'CRM_ENTITY' has an invalid type");
        }
    }

    private static Optional<EntityRef> entity(RestCall call) {
        return EntityKind.byName(call.text("CRM_ENTITY_TYPE"))
                .map(kind -> new EntityRef(kind, call.text("CRM_ENTITY")))
                .filter(ref -> call.portal().entity(ref).isPresent());
    }

    private static EntityRef allowed(RestCall call, String message) throws RestFault {
        return entity(call).orElseThrow(() -> denied(message));
    }

    /** The chat that is named, which must be the entity's, else the entity's last one. */
    private static Optional<ObjectNode> chat(RestCall call, EntityRef entity) throws RestFault {
        String id = call.text("CHAT_ID");
        if (id.isEmpty()) {
            return call.portal().openLines().last(entity);
        }
        return Optional.of(
                call.portal()
                        .openLines()
                        .chats()
                        .get(id)
                        .filter(chat -> OpenLines.belongs(chat, entity))
                        .orElseThrow(CrmChats::notOfCrm));
    }

    private static void active(RestCall call) throws RestFault {
        if (call.portal().users().get(call.text("USER_ID")).filter(UserLookup::active).isEmpty()) {
            throw new RestFault(400, "CRM_CHAT_USER_NOT_ACTIVE", "User not active");
        }
    }

    private static RestFault notOfCrm() {
        return new RestFault(
                400, "CHAT_NOT_IN_CRM", "Chat does not belong to the CRM entity being checked");
    }

    private static RestFault argument(String message) {
        return new RestFault(400, "ERROR_ARGUMENT", message);
    }

    private static RestFault empty(String message) {
        return new RestFault(400, "CRM_CHAT_EMPTY_CRM_DATA", message);
    }

    private static RestFault wrong(String message) {
        return new RestFault(400, "WRONG_REQUEST", message);
    }

    private static RestFault denied(String message) {
        return new RestFault(403, "ACCESS_DENIED", message);
    }
}
