package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Multipart;
import org.trunkline.sandbox.http.Reply;

/** Recordings on the portal: one a call, a repeat replaces it. */
final class RecordShelf {
    /** Bigger files are remembered by size and hash only. */
    static final int KEEP_BYTES = 1 << 20;

    private RecordShelf() {}

    /** Puts the file in and links it from the call and its activity; gives {@code {FILE_ID}}. */
    static ObjectNode put(
            Portal portal, ObjectNode call, String filename, byte[] content, String via) {
        portal.records().remove(Json.text(call, "RECORD_FILE_ID"));
        ObjectNode row =
                portal.records()
                        .add(
                                Json.object()
                                        .put("CALL_ID", Json.text(call, "CALL_ID"))
                                        .put("FILENAME", filename)
                                        .put("SIZE", content.length)
                                        .put("SHA256", sha256(content))
                                        .put("via", via)
                                        .put("at", portal.clock().stamp()));
        String id = row.get("ID").asText();
        String url = portal.address() + "/files/" + id + "/" + filename;
        if (content.length <= KEEP_BYTES) {
            portal.recordFiles().put(id, content);
        }
        call.put("RECORD_FILE_ID", id).put("CALL_RECORD_URL", url);
        portal.activities()
                .get(Json.text(call, "CRM_ACTIVITY_ID"))
                .ifPresent(
                        activity ->
                                activity.putArray("FILES")
                                        .addObject()
                                        .put("id", Long.parseLong(id))
                                        .put("url", url));
        return Json.object().put("FILE_ID", Long.parseLong(id));
    }

    /** The file that came to the address of {@code uploadUrl}. */
    static ObjectNode uploaded(RestCall call, Multipart.Part file) throws RestFault {
        String name = TelephonyRecords.checkedName(call.text("FILENAME"));
        ObjectNode row = TelephonyRecords.required(call.portal(), call.text("CALL_ID"));
        return put(call.portal(), row, name, file.content(), "upload");
    }

    /** The file, as far as it is still kept. */
    static Reply download(Portal portal, String id) {
        synchronized (portal) {
            byte[] content = portal.recordFiles().get(id);
            String name =
                    portal.records().get(id).map(row -> Json.text(row, "FILENAME")).orElse("");
            return content == null
                    ? Reply.html(404, "<h1>404 Not Found</h1>")
                    : Reply.bytes(name.endsWith(".mp3") ? "audio/mpeg" : "audio/wav", content);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
