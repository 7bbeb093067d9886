package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/**
 * Open lines of a portal: the lines, the clients' chats in them, and what was written there.
 *
 * @param chats CONNECTOR_ID, CONNECTOR_TITLE, LINE_ID, ACTIVE, {@code users}, and {@code crm}, the
 *     entities a chat belongs to
 */
record OpenLines(Table lines, Table chats, Table messages) {

    static OpenLines empty() {
        return new OpenLines(BitrixRows.table(), BitrixRows.table(), BitrixRows.table());
    }

    /** The chats of one entity, oldest first. */
    List<ObjectNode> of(EntityRef entity) {
        return chats.all().stream().filter(chat -> belongs(chat, entity)).toList();
    }

    Optional<ObjectNode> last(EntityRef entity) {
        return of(entity).stream().reduce((first, last) -> last);
    }

    /** What an employee wrote into a chat; gives the id of the message. */
    long write(ObjectNode chat, String user, String text, String at) {
        ObjectNode row =
                Json.object()
                        .put("CHAT_ID", Json.text(chat, "ID"))
                        .put("USER_ID", user)
                        .put("MESSAGE", text)
                        .put("at", at);
        return messages.add(row).get("ID").asLong();
    }

    static boolean belongs(ObjectNode chat, EntityRef entity) {
        for (JsonNode one : chat.path("crm")) {
            if (Json.text(one, "ENTITY_TYPE").equalsIgnoreCase(entity.kind().name())
                    && Json.text(one, "ENTITY_ID").equals(entity.id())) {
                return true;
            }
        }
        return false;
    }

    static boolean isMember(ObjectNode chat, String user) {
        for (JsonNode one : chat.path("users")) {
            if (one.asText().equals(user)) {
                return true;
            }
        }
        return false;
    }
}
