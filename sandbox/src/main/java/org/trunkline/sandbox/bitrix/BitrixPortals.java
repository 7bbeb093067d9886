package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.PortalClock;

/** Everything below {@code /sandbox/bitrix24/}: the portals and the knobs on them. */
public final class BitrixPortals {
    private final Map<String, Portal> portals = new ConcurrentSkipListMap<>();
    private final RestEndpoint rest = new RestEndpoint(new MethodTable());
    private final EventSender events = new EventSender();
    private final AppFrame frame = new AppFrame();
    private final Function<String, String> address;
    private final Supplier<PortalClock> clock;

    /**
     * @param address gives the address of a portal by its name
     */
    public BitrixPortals(Function<String, String> address) {
        this(address, PortalClock::system);
    }

    BitrixPortals(Function<String, String> address, Supplier<PortalClock> clock) {
        this.address = address;
        this.clock = clock;
    }

    public Reply handle(Request request) {
        String name = request.segment(0);
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            return Reply.html(404, "<h1>404 Not Found</h1>");
        }
        Request below = request.below(2);
        if (request.segment(1).startsWith("_")) {
            return control(name, request.segment(1), below);
        }
        Optional<Portal> found = Optional.ofNullable(portals.get(name));
        if (found.isEmpty()) {
            return Reply.html(404, "<html><body><h1>No such portal</h1></body></html>");
        }
        Portal portal = found.get();
        return switch (request.segment(1)) {
            case "rest" -> rest.handle(portal, below);
            case "oauth" -> OauthEndpoint.handle(portal, below);
            case "upload" -> RecordShelf.upload(portal, below);
            case "files" -> RecordShelf.download(portal, below.segment(0));
            default -> Reply.html(404, "<h1>404 Not Found</h1>");
        };
    }

    /** State documents of all portals, by name, for those who look on. */
    public Collection<ObjectNode> states() {
        return portals.values().stream().map(PortalState::read).toList();
    }

    private Reply control(String name, String verb, Request request) {
        String action = request.verb() + " " + verb;
        return switch (action) {
            case "POST _install" -> install(portal(name));
            case "GET _state" -> Reply.prettyJson(PortalState.read(portal(name)));
            case "PUT _state" -> {
                PortalState.write(portal(name), request.json());
                yield Reply.prettyJson(PortalState.read(portal(name)));
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
            case "POST _openApp" -> frame.open(portal(name), request.json());
            case "GET _app" -> frame.page(portal(name), request.query());
            case "POST _event" -> events.send(portal(name), request.json());
            default -> Reply.problem(404, action + ": there is no such knob");
        };
    }

    private Portal portal(String name) {
        return portals.computeIfAbsent(name, n -> new Portal(n, address.apply(n), clock.get()));
    }

    private static Reply fault(Portal portal, JsonNode document) {
        Faults.Fault fault = portal.faults().add(document, portal.now());
        // Without a method there is no request to wait for: it strikes now, once.
        if (fault.method().isEmpty() && fault.kind().equals("expireToken")) {
            portal.tokens().expireAll();
            portal.faults().clearKind("expireToken");
        } else if (fault.method().isEmpty() && fault.kind().equals("revokeToken")) {
            portal.tokens().revokeAll();
            portal.faults().clearKind("revokeToken");
        }
        return Reply.json(200, fault.document());
    }

    /** Installs the application: fresh tokens, in the shape of the provisioning document. */
    private static Reply install(Portal portal) {
        Tokens.Pair pair = portal.tokens().issue("1", portal.now());
        ObjectNode out = Json.object().put("address", portal.address());
        out.putObject("auth")
                .put("clientId", portal.tokens().clientId())
                .put("clientSecret", portal.tokens().clientSecret())
                .put("accessToken", pair.access())
                .put("refreshToken", pair.refresh())
                .put("memberId", portal.memberId())
                .put("applicationToken", portal.applicationToken());
        return Reply.json(200, out);
    }
}
