package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.PortalClock;
import org.trunkline.sandbox.portal.SimulatedPortals;

/** Everything below {@code /sandbox/bitrix24/}: the portals and the knobs on them. */
public final class BitrixPortals {
    private final SimulatedPortals<Portal> portals;
    private final RestEndpoint rest = new RestEndpoint(new MethodTable());
    private final EventSender events = new EventSender();
    private final AppFrame frame = new AppFrame();

    /**
     * @param address gives the address of a portal by its name
     */
    public BitrixPortals(Function<String, String> address) {
        this(address, PortalClock::system);
    }

    BitrixPortals(Function<String, String> address, Supplier<PortalClock> clock) {
        this.portals =
                new SimulatedPortals<>(
                        name -> new Portal(name, address.apply(name), clock.get()),
                        PortalState::read,
                        PortalState::write);
    }

    public Reply handle(Request request) {
        return portals.handle(request, this::knob, this::serve);
    }

    private Reply serve(Portal portal, Request request) {
        Request below = request.below(2);
        return switch (request.segment(1)) {
            case "rest" ->
                    switch (below.segment(0)) {
                        case "upload.json" -> Uploads.handle(portal, below);
                        case "download.json" -> DiskFiles.download(portal, below);
                        default -> rest.handle(portal, below);
                    };
            case "oauth" -> OauthEndpoint.handle(portal, below);
            case "upload" -> Uploads.handle(portal, below);
            case "files" -> RecordShelf.download(portal, below.segment(0));
            default -> Reply.html(404, "<h1>404 Not Found</h1>");
        };
    }

    /** State documents of all portals, by name, for those who look on. */
    public Collection<ObjectNode> states() {
        return portals.states();
    }

    private Reply knob(SimulatedPortals.Knob<Portal> knob, Request request) {
        return switch (knob.action()) {
            case "POST _install" -> install(knob.portal());
            case "POST _openApp" -> frame.open(knob.portal(), request.json());
            case "GET _app" -> frame.page(knob.portal(), request.query());
            case "POST _event" -> events.send(knob.portal(), request.json());
            default -> knob.unknown();
        };
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
