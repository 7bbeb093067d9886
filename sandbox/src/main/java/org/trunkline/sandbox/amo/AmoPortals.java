package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.function.Function;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.PortalClock;
import org.trunkline.sandbox.portal.SimulatedPortals;

/** Everything below {@code /sandbox/amocrm/}: the accounts and the knobs on them. */
public final class AmoPortals implements AutoCloseable {
    private final SimulatedPortals<AmoPortal> portals;
    private final ApiEndpoint api = new ApiEndpoint();
    private final WebhookSender sender;
    private final AmoEvents events;

    /**
     * @param address gives the address of an account by its name
     */
    public AmoPortals(Function<String, String> address) {
        portals =
                new SimulatedPortals<>(
                        name -> new AmoPortal(name, address.apply(name), PortalClock.system()),
                        AmoState::read,
                        AmoState::write);
        sender = new WebhookSender(portals::all);
        events = new AmoEvents(sender);
    }

    public Reply handle(Request request) {
        return portals.handle(request, this::knob, this::serve);
    }

    private Reply serve(AmoPortal portal, Request request) {
        String path = String.join("/", request.path().subList(1, request.path().size()));
        return switch (path) {
            case "oauth2/access_token" -> AmoOauth.token(portal, request.below(3));
            case "oauth" -> AmoOauth.consent(portal, request.below(2));
            default ->
                    path.startsWith("api/")
                            ? api.handle(portal, request.below(2))
                            : Reply.html(404, "<h1>404 Not Found</h1>");
        };
    }

    /** State documents of all accounts, by name, for those who look on. */
    public Collection<ObjectNode> states() {
        return portals.states();
    }

    @Override
    public void close() {
        sender.close();
    }

    private Reply knob(SimulatedPortals.Knob<AmoPortal> knob, Request request) {
        return switch (knob.action()) {
            case "POST _install" -> install(knob.portal(), request.json());
            case "POST _event" -> events.send(knob.portal(), request.json());
            case "POST _jwt" -> AmoEvents.token(knob.portal(), request.json());
            default -> knob.unknown();
        };
    }

    /**
     * Installs the integration: fresh tokens, in the shape of the provisioning document. {@code
     * {"longLivedToken":true}} gives the token that is made by hand instead, {@code "user"} has it
     * consented by another than the administrator, {@code "integration"} sets that up.
     */
    private static Reply install(AmoPortal portal, JsonNode given) {
        if (given.has("integration")) {
            portal.integration().configure(given.get("integration"));
        }
        String user = given.path("user").asText(portal.admin());
        ObjectNode out = Json.object().put("address", portal.address());
        ObjectNode auth =
                out.putObject("auth")
                        .put("clientId", portal.tokens().clientId())
                        .put("clientSecret", portal.tokens().clientSecret());
        if (given.path("longLivedToken").asBoolean()) {
            auth.put("longLivedToken", portal.tokens().issueLongLived(user, portal.now()));
        } else {
            AmoTokens.Pair pair = portal.tokens().issue(user, portal.now());
            auth.put("accessToken", pair.access()).put("refreshToken", pair.refresh());
        }
        return Reply.json(200, out);
    }
}
