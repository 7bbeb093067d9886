package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Multipart;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.WireFaults;

/** The multipart endpoint behind every {@code uploadUrl}; faults know it as {@code upload}. */
final class Uploads {
    private static final List<String> UPLOAD = List.of("upload");

    private Uploads() {}

    static Reply handle(Portal portal, Request request) {
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
            ObjectNode query = request.query();
            Caller caller = RestEndpoint.application(portal, Json.text(query, "auth"));
            if (!portal.bucket().admit(request.remoteAddress(), portal.now())) {
                throw new RestFault(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
            }
            Multipart.Part file =
                    Multipart.parse(request).stream()
                            .filter(part -> part.name().equals("file"))
                            .filter(part -> part.content().length > 0)
                            .findFirst()
                            .orElseThrow(() -> RestFault.core("File content is empty."));
            String token = Json.text(query, "token");
            RestCall call = new RestCall(portal, "upload", query, caller);
            synchronized (portal) {
                ObjectNode stored =
                        token.isEmpty()
                                ? RecordShelf.uploaded(call, file)
                                : DiskFiles.promised(call, token, file);
                ObjectNode body = Json.object();
                body.set("result", stored);
                return Reply.json(200, body);
            }
        } catch (RestFault fault) {
            return Reply.json(fault.status(), fault.body(portal.errorStyle()));
        }
    }
}
