package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Multipart;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.WireFaults;

/** Recordings on the portal: one a call, a repeat replaces it. */
final class RecordShelf {
    /** Bigger files are remembered by size and hash only. */
    private static final int KEEP_BYTES = 1 << 20;

    private static final List<String> UPLOAD = List.of("upload");

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

    /** The multipart endpoint behind {@code uploadUrl}; faults know it as {@code upload}. */
    static Reply upload(Portal portal, Request request) {
        Instant start = portal.now();
        Reply reply =
                WireFaults.cut(portal, UPLOAD)
                        .or(() -> WireFaults.answered(portal, UPLOAD))
                        .orElseGet(
                                () -> WireFaults.delivered(portal, UPLOAD, taken(portal, request)));
        portal.ledger().add(start, "upload", UPLOAD, request, reply);
        return reply;
    }

    private static Reply taken(Portal portal, Request request) {
        WireFaults.slow(portal, UPLOAD).ifPresent(slow -> portal.clock().spend(slow.seconds(20)));
        try {
            RestEndpoint.application(portal, Json.text(request.query(), "auth"));
            if (!portal.bucket().admit(request.remoteAddress(), portal.now())) {
                throw new RestFault(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
            }
            List<Multipart.Part> parts = Multipart.parse(request);
            Multipart.Part file =
                    parts.stream()
                            .filter(part -> part.name().equals("file"))
                            .findFirst()
                            .orElseThrow(() -> RestFault.core("File content is empty."));
            if (file.content().length == 0) {
                throw RestFault.core("File content is empty.");
            }
            String name = TelephonyRecords.checkedName(Json.text(request.query(), "FILENAME"));
            synchronized (portal) {
                ObjectNode call =
                        TelephonyRecords.required(portal, Json.text(request.query(), "CALL_ID"));
                ObjectNode stored = put(portal, call, name, file.content(), "upload");
                ObjectNode body = Json.object();
                body.set("result", stored);
                return Reply.json(200, body);
            }
        } catch (RestFault fault) {
            return Reply.json(fault.status(), fault.body(portal.errorStyle()));
        }
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
