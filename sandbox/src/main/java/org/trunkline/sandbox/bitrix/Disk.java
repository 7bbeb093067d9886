package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/**
 * The portal's disk: storages, each with a root folder, and the folders and files in them.
 *
 * @param uploads what was promised with an upload URL, by its token
 */
record Disk(Table storages, Table objects, Map<String, Promise> uploads) {
    static final String FOLDER = "folder";
    static final String FILE = "file";

    /** Where a file goes that is sent to an upload URL. */
    record Promise(String folder, String user, boolean uniqueName) {}

    static Disk empty() {
        return new Disk(BitrixRows.table(), BitrixRows.table(), new HashMap<>());
    }

    /** A new storage with its root folder. */
    ObjectNode storage(String name, String entityType, String entityId, String stamp) {
        ObjectNode row = Json.object().put("NAME", name).putNull("CODE").put("MODULE_ID", "disk");
        row.put("ENTITY_TYPE", entityType).put("ENTITY_ID", entityId);
        storages.add(row);
        ObjectNode root = object(FOLDER, name, Json.text(row, "ID"), "0", "1", stamp);
        return row.put("ROOT_OBJECT_ID", Json.text(root, "ID"));
    }

    /** A new folder or file without content. */
    ObjectNode object(
            String type, String name, String storage, String parent, String user, String stamp) {
        ObjectNode row =
                Json.object()
                        .put("NAME", name)
                        .putNull("CODE")
                        .put("STORAGE_ID", storage)
                        .put("TYPE", type)
                        .put("PARENT_ID", parent)
                        .put("DELETED_TYPE", "0")
                        .put("CREATE_TIME", stamp)
                        .put("UPDATE_TIME", stamp)
                        .putNull("DELETE_TIME")
                        .put("CREATED_BY", user)
                        .put("UPDATED_BY", user)
                        .put("DELETED_BY", "0");
        return objects.add(row);
    }

    List<ObjectNode> children(String folder) {
        return objects.all().stream()
                .filter(row -> Json.text(row, "PARENT_ID").equals(folder))
                .toList();
    }

    /** Names are unique in a folder, whatever the letter case. */
    boolean taken(String folder, String name) {
        return children(folder).stream()
                .anyMatch(row -> Json.text(row, "NAME").equalsIgnoreCase(name));
    }

    String promise(String folder, String user, boolean uniqueName) {
        String token = "disk|" + UUID.randomUUID().toString().replace("-", "");
        uploads.put(token, new Promise(folder, user, uniqueName));
        return token;
    }

    Optional<Promise> promised(String token) {
        return Optional.ofNullable(uploads.get(token));
    }

    /** Whether the storage is everybody's, the user's own, or the application's. */
    boolean open(ObjectNode storage, Caller caller) {
        return switch (Json.text(storage, "ENTITY_TYPE")) {
            case "common" -> true;
            case "user" -> Json.text(storage, "ENTITY_ID").equals(caller.user());
            default -> !caller.webhook();
        };
    }
}
