package org.trunkline.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;

/** The portals of one vendor, by name, and the knobs that each of them has. */
public final class SimulatedPortals<P extends SimulatedPortal> {
    private final Map<String, P> portals = new ConcurrentSkipListMap<>();
    private final Function<String, P> make;
    private final Function<P, ObjectNode> read;
    private final BiConsumer<P, JsonNode> write;

    /**
     * @param make a portal by its name
     * @param read its state document
     * @param write changes its state by a document
     */
    public SimulatedPortals(
            Function<String, P> make, Function<P, ObjectNode> read, BiConsumer<P, JsonNode> write) {
        this.make = make;
        this.read = read;
        this.write = write;
    }

    /** A vendor's side of a request. */
    @FunctionalInterface
    public interface Served<T> {
        Reply serve(T portal, Request request);
    }

    /**
     * Finds whom a request names by its first segment.
     *
     * @param knob what a verb that begins with a low line does, of those that not every vendor has;
     *     it names the portal, which may be new
     * @param served all else, at a portal that is there
     */
    public Reply handle(Request request, Served<Knob<P>> knob, Served<P> served) {
        String name = request.segment(0);
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            return Reply.html(404, "<h1>404 Not Found</h1>");
        }
        if (request.segment(1).startsWith("_")) {
            return control(name, request.segment(1), request.below(2), knob);
        }
        return Optional.ofNullable(portals.get(name))
                .map(portal -> served.serve(portal, request))
                .orElseGet(
                        () -> Reply.html(404, "<html><body><h1>No such portal</h1></body></html>"));
    }

    /**
     * One knob.
     *
     * @param action method and verb, such as {@code POST _install}
     * @param at whose it is; made if need be
     */
    public record Knob<P>(String action, Supplier<P> at) {
        public P portal() {
            return at.get();
        }

        public Reply unknown() {
            return Reply.problem(404, action + ": there is no such knob");
        }
    }

    /** State documents of all portals, by name, for those who look on. */
    public Collection<ObjectNode> states() {
        return all().stream().map(read).toList();
    }

    public Collection<P> all() {
        return portals.values();
    }

    private Reply control(String name, String verb, Request request, Served<Knob<P>> knob) {
        String action = request.verb() + " " + verb;
        return switch (action) {
            case "GET _state" -> Reply.prettyJson(read.apply(portal(name)));
            case "PUT _state" -> {
                write.accept(portal(name), request.json());
                yield Reply.prettyJson(read.apply(portal(name)));
            }
            case "DELETE _state" -> {
                portals.remove(name);
                yield Reply.empty(204);
            }
            case "GET _faults" ->
                    Reply.prettyJson(portal(name).faults().documents(portal(name).now()));
            case "POST _faults" -> fault(portal(name), request.json());
            case "DELETE _faults" -> {
                portal(name).faults().clear();
                yield Reply.empty(204);
            }
            default -> knob.serve(new Knob<>(action, () -> portal(name)), request);
        };
    }

    private P portal(String name) {
        return portals.computeIfAbsent(name, make);
    }

    private Reply fault(P portal, JsonNode document) {
        Faults.Fault fault = portal.faults().add(document, portal.now());
        // Without a method there is no request to wait for: it strikes now, once.
        if (fault.method().isEmpty() && fault.kind().equals("expireToken")) {
            portal.expireTokens();
            portal.faults().clearKind("expireToken");
        } else if (fault.method().isEmpty() && fault.kind().equals("revokeToken")) {
            portal.revokeTokens();
            portal.faults().clearKind("revokeToken");
        }
        return Reply.json(200, fault.document());
    }
}
