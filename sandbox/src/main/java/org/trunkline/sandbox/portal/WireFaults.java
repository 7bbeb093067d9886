package org.trunkline.sandbox.portal;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Faults of the wire, the same for every endpoint of a portal. */
public final class WireFaults {
    private static final Set<String> CUT = Set.of("down", "reset");
    private static final Set<String> ANSWERED = Set.of("status", "html", "invalidJson");
    private static final Set<String> DELIVERY =
            Set.of("lostReply", "halfReply", "slowLoris", "errorAfterCommit");

    private WireFaults() {}

    /** No reply at all, and nothing is done. */
    public static Optional<Reply> cut(SimulatedPortal portal, Collection<String> methods) {
        return portal.faults()
                .strike(CUT, methods, portal.now())
                .map(fault -> Reply.empty(200).delivered(new Reply.Delivery.Nothing()));
    }

    /** An answer without anything done. */
    public static Optional<Reply> answered(SimulatedPortal portal, Collection<String> methods) {
        return portal.faults().strike(ANSWERED, methods, portal.now()).map(WireFaults::answer);
    }

    /** How much longer the request takes. */
    public static Optional<Faults.Fault> slow(SimulatedPortal portal, Collection<String> methods) {
        return portal.faults().strike(Set.of("slow"), methods, portal.now());
    }

    /** What was done is done; the reply suffers. */
    public static Reply delivered(SimulatedPortal portal, Collection<String> methods, Reply reply) {
        return portal.faults()
                .strike(DELIVERY, methods, portal.now())
                .map(fault -> spoilt(reply, fault))
                .orElse(reply);
    }

    private static Reply spoilt(Reply reply, Faults.Fault fault) {
        return switch (fault.kind()) {
            case "lostReply" -> reply.delivered(new Reply.Delivery.Nothing());
            case "halfReply" -> reply.delivered(new Reply.Delivery.Half());
            case "errorAfterCommit" -> page(fault.status(504));
            default -> reply.delivered(new Reply.Delivery.Drip(fault.seconds(1)));
        };
    }

    private static Reply page(int status) {
        return Reply.html(status, "<h1>" + status + " planted by the sandbox</h1>");
    }

    private static Reply answer(Faults.Fault fault) {
        int status = fault.status(fault.kind().equals("status") ? 503 : 200);
        if (fault.kind().equals("invalidJson")) {
            byte[] half = "{\"result\":{\"CALL_ID\":\"exte".getBytes(StandardCharsets.UTF_8);
            return Reply.bytes("application/json", half);
        }
        if (fault.document().path("body").isObject()) {
            return Reply.json(status, fault.document().path("body"));
        }
        String error = fault.text("error", "");
        return fault.kind().equals("html") || error.isEmpty()
                ? page(status)
                : Reply.json(
                        status,
                        Json.object()
                                .put("error", error)
                                .put("error_description", fault.text("error_description", "")));
    }
}
