package org.trunkline.sandbox.bitrix;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Faults of the wire, the same for every endpoint of a portal. */
final class WireFaults {
    private static final Set<String> CUT = Set.of("down", "reset");
    private static final Set<String> ANSWERED = Set.of("status", "html", "invalidJson");
    private static final Set<String> DELIVERY = Set.of("lostReply", "halfReply", "slowLoris");

    private WireFaults() {}

    /** No reply at all, and nothing is done. */
    static Optional<Reply> cut(Portal portal, Collection<String> methods) {
        return portal.faults()
                .strike(CUT, methods, portal.now())
                .map(fault -> Reply.empty(200).delivered(new Reply.Delivery.Nothing()));
    }

    /** An answer without anything done. */
    static Optional<Reply> answered(Portal portal, Collection<String> methods) {
        return portal.faults().strike(ANSWERED, methods, portal.now()).map(WireFaults::answer);
    }

    /** How much longer the request takes. */
    static Optional<Faults.Fault> slow(Portal portal, Collection<String> methods) {
        return portal.faults().strike(Set.of("slow"), methods, portal.now());
    }

    /** What was done is done; the reply suffers. */
    static Reply delivered(Portal portal, Collection<String> methods, Reply reply) {
        return portal.faults()
                .strike(DELIVERY, methods, portal.now())
                .map(fault -> reply.delivered(delivery(fault)))
                .orElse(reply);
    }

    private static Reply.Delivery delivery(Faults.Fault fault) {
        return switch (fault.kind()) {
            case "lostReply" -> new Reply.Delivery.Nothing();
            case "halfReply" -> new Reply.Delivery.Half();
            default -> new Reply.Delivery.Drip(fault.seconds(1));
        };
    }

    private static Reply answer(Faults.Fault fault) {
        int status = fault.status(fault.kind().equals("status") ? 503 : 200);
        if (fault.kind().equals("invalidJson")) {
            byte[] half = "{\"result\":{\"CALL_ID\":\"exte".getBytes(StandardCharsets.UTF_8);
            return Reply.bytes("application/json", half);
        }
        String error = fault.text("error", "");
        return fault.kind().equals("html") || error.isEmpty()
                ? Reply.html(status, "<h1>" + status + " planted by the sandbox</h1>")
                : Reply.json(
                        status,
                        Json.object()
                                .put("error", error)
                                .put("error_description", fault.text("error_description", "")));
    }
}
