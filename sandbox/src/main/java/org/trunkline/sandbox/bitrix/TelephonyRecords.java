package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** {@code telephony.externalCall.attachRecord} and {@code telephony.call.attachTranscription}. */
final class TelephonyRecords {
    static final String NOT_FINISHED =
            "Call is not found in the statistic table. Looks like it is not finished yet.";

    private TelephonyRecords() {}

    static void add(MethodTable table) {
        table.addUnlocked("telephony.externalCall.attachRecord", TelephonyRecords::attach);
        table.add("telephony.call.attachTranscription", TelephonyRecords::transcription);
    }

    private static RestResult attach(RestCall call) throws RestFault {
        String callId = call.text("CALL_ID");
        synchronized (call.portal()) {
            required(call.portal(), callId);
        }
        String url = call.text("RECORD_URL");
        if (!url.isEmpty()) {
            // Downloaded outside the lock: the portal goes on working meanwhile.
            byte[] content = RecordDownload.fetch(url);
            return stored(call, name(url), content, "url");
        }
        Optional<JsonNode> name = call.param("FILENAME");
        if (name.isEmpty()) {
            throw RestFault.core(
                    "Required parameters are not set. Request should contain or URL or FILENAME"
                            + " parameter");
        }
        String filename = checkedName(call.text("FILENAME"));
        Optional<JsonNode> content = call.param("FILE_CONTENT");
        return content.isPresent()
                ? stored(call, filename, decoded(content.get().asText()), "content")
                : uploadUrl(call, callId, filename);
    }

    private static RestResult uploadUrl(RestCall call, String callId, String filename) {
        String url =
                call.portal().address()
                        + "/upload/?auth="
                        + call.caller().token()
                        + "&CALL_ID="
                        + encode(callId)
                        + "&FILENAME="
                        + encode(filename);
        return RestResult.of(Json.object().put("uploadUrl", url).put("fieldName", "file"));
    }

    private static RestResult stored(RestCall call, String filename, byte[] content, String via)
            throws RestFault {
        synchronized (call.portal()) {
            ObjectNode row = required(call.portal(), call.text("CALL_ID"));
            return RestResult.of(RecordShelf.put(call.portal(), row, filename, content, via));
        }
    }

    static String checkedName(String filename) throws RestFault {
        if (filename.isEmpty()) {
            throw RestFault.core("File name is empty");
        }
        String lower = filename.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".mp3") && !lower.endsWith(".wav")) {
            throw RestFault.core("Wrong file extension. Only wav and mp3 are allowed");
        }
        return filename;
    }

    static ObjectNode required(Portal portal, String callId) throws RestFault {
        return portal.calls().finished(callId).orElseThrow(() -> RestFault.core(NOT_FINISHED));
    }

    private static byte[] decoded(String base64) throws RestFault {
        if (base64.isBlank()) {
            throw RestFault.core("File content is empty.");
        }
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw RestFault.core(
                    "File content is not properly encoded. Base64 encoding is expected.");
        }
    }

    private static RestResult transcription(RestCall call) throws RestFault {
        Portal portal = call.portal();
        ObjectNode row = required(portal, call.text("CALL_ID"));
        JsonNode messages = call.object("MESSAGES");
        if (messages.isEmpty()) {
            throw RestFault.argument("MESSAGES should not be empty");
        }
        ObjectNode transcript =
                Json.object()
                        .put("CALL_ID", call.text("CALL_ID"))
                        .put("COST", call.text("COST"))
                        .put("COST_CURRENCY", call.text("COST_CURRENCY"));
        transcript.set("MESSAGES", messages.deepCopy());
        String id = portal.transcripts().add(transcript).get("ID").asText();
        row.set("TRANSCRIPT_ID", TextNode.valueOf(id));
        return RestResult.of(Json.object().put("TRANSCRIPT_ID", Long.parseLong(id)));
    }

    private static String name(String url) {
        String path = url.split("[?#]", 2)[0];
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? "record.mp3" : last;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
