package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Multipart;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;

/** Files on the disk: put there with the request, or in a second one to an upload URL. */
final class DiskFiles {
    /** Of a row, what is a number where the object was just made, and text in lists. */
    private static final List<String> NUMBERS =
            List.of("ID", "DELETED_TYPE", "GLOBAL_CONTENT_VERSION", "FILE_ID");

    private DiskFiles() {}

    /** {@code uploadFile}: without {@code fileContent} the answer is where to send the file. */
    static RestResult upload(RestCall call, ObjectNode folder) throws RestFault {
        Optional<JsonNode> content = call.param("fileContent");
        boolean unique = call.flag("generateUniqueName", false);
        if (content.isEmpty()) {
            String token =
                    call.portal()
                            .disk()
                            .promise(Json.text(folder, "ID"), call.caller().user(), unique);
            return RestResult.of(
                    Json.object()
                            .put("field", "file")
                            .put("uploadUrl", address(call, "upload", token)));
        }
        String name = Json.text(call.object("data"), "NAME");
        if (name.isEmpty()) {
            throw new RestFault(
                    400,
                    "DISK_BASE_SERVICE_22001",
                    "Error: required parameter NAME (DISK_BASE_SERVICE_22001)");
        }
        byte[] bytes = decoded(content.get());
        String user = call.caller().user();
        return RestResult.of(made(call, put(call.portal(), folder, user, name, unique, bytes)));
    }

    /** The second step: the file comes under its own name. */
    static ObjectNode promised(RestCall call, String token, Multipart.Part part) throws RestFault {
        Portal portal = call.portal();
        Disk.Promise promise =
                portal.disk()
                        .promised(token)
                        .orElseThrow(
                                () ->
                                        new RestFault(
                                                401, "NO_AUTH_FOUND", "Wrong authorization data"));
        ObjectNode folder =
                portal.disk().objects().get(promise.folder()).orElseThrow(RestFault::notFound);
        if (part.filename().isEmpty()) {
            throw notSaved();
        }
        ObjectNode row =
                put(
                        portal,
                        folder,
                        promise.user(),
                        part.filename(),
                        promise.uniqueName(),
                        part.content());
        return made(call, row);
    }

    private static ObjectNode put(
            Portal portal,
            ObjectNode folder,
            String user,
            String wanted,
            boolean unique,
            byte[] content)
            throws RestFault {
        if (content.length == 0) {
            throw notSaved();
        }
        Disk disk = portal.disk();
        String parent = Json.text(folder, "ID");
        String name = unique ? free(disk, parent, wanted) : wanted;
        if (disk.taken(parent, name)) {
            // Of copies and renaming the pages say so; of uploads they are silent.
            throw new RestFault(400, "DISK_OBJ_22000", "Файл с таким именем уже есть");
        }
        ObjectNode row =
                disk.object(
                        Disk.FILE,
                        name,
                        Json.text(folder, "STORAGE_ID"),
                        parent,
                        user,
                        portal.clock().nowText());
        String id = Json.text(row, "ID");
        // A file of the disk and its content are told apart by their ids.
        row.put("GLOBAL_CONTENT_VERSION", "1")
                .put("FILE_ID", "3" + id)
                .put("SIZE", Integer.toString(content.length))
                .put("SHA256", RecordShelf.sha256(content));
        if (content.length <= RecordShelf.KEEP_BYTES) {
            portal.recordFiles().put(key(id), content);
        }
        return row;
    }

    /** {@code file (1).wav} when {@code file.wav} is there already. */
    private static String free(Disk disk, String folder, String wanted) {
        int dot = wanted.lastIndexOf('.');
        String stem = dot < 0 ? wanted : wanted.substring(0, dot);
        String end = dot < 0 ? "" : wanted.substring(dot);
        String name = wanted;
        for (int i = 1; disk.taken(folder, name); i++) {
            name = stem + " (" + i + ")" + end;
        }
        return name;
    }

    private static byte[] decoded(JsonNode given) throws RestFault {
        // An array of the name and the content; the name that counts is the one in data.
        String base64 = given.isArray() ? given.path(1).asText() : "";
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw notSaved();
        }
    }

    /** The row as lists show it. */
    static ObjectNode listed(RestCall call, ObjectNode row) {
        ObjectNode out = row.deepCopy();
        out.remove("SHA256");
        String id = Json.text(row, "ID");
        if (Json.text(row, "TYPE").equals(Disk.FOLDER)) {
            return out.put("REAL_OBJECT_ID", id);
        }
        return out.put("DOWNLOAD_URL", address(call, "download", "disk|" + id));
    }

    /** The row as the method that made it shows it. */
    static ObjectNode made(RestCall call, ObjectNode row) {
        ObjectNode out = listed(call, row);
        NUMBERS.stream()
                .filter(out::has)
                .forEach(field -> out.put(field, Long.parseLong(Json.text(out, field))));
        return out.putNull("DELETED_BY");
    }

    /** Like uploadUrl of telephony it bears the access token, and is good as long as that is. */
    private static String address(RestCall call, String what, String token) {
        return call.portal().address()
                + "/rest/"
                + what
                + ".json?auth="
                + call.caller().token()
                + "&token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    static Reply download(Portal portal, Request request) {
        try {
            RestEndpoint.application(portal, Json.text(request.query(), "auth"));
        } catch (RestFault fault) {
            return Reply.json(fault.status(), fault.body(portal.errorStyle()));
        }
        String id = Json.text(request.query(), "token").replaceFirst("^disk\\|", "");
        synchronized (portal) {
            byte[] content = portal.recordFiles().get(key(id));
            return content == null
                    ? Reply.html(404, "<h1>404 Not Found</h1>")
                    : Reply.bytes("application/octet-stream", content);
        }
    }

    /** The content's key among the portal's files: recordings have the bare numbers. */
    static String key(String id) {
        return "disk-" + id;
    }

    private static RestFault notSaved() {
        return new RestFault(400, "ERROR_COULD_NOT_SAVE_FILE", "Could not save file");
    }
}
