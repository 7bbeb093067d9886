package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.PortalClock;

/** Everything below {@code /sandbox/amocrm/}: the accounts and the knobs on them. */
public final class AmoPortals implements AutoCloseable {
    private final Map<String, AmoPortal> portals = new ConcurrentSkipListMap<>();
    private final ApiEndpoint api = new ApiEndpoint();
    private final WebhookSender sender = new WebhookSender(portals::values);
    private final AmoEvents events = new AmoEvents(sender);
    private final Function<String, String> address;

    /**
     * @param address gives the address of an account by its name
     */
    public AmoPortals(Function<String, String> address) {
        this.address = address;
    }

    public Reply handle(Request request) {
        String name = request.segment(0);
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            return Reply.html(404, "<h1>404 Not Found</h1>");
        }
        if (request.segment(1).startsWith("_")) {
            return control(name, request.segment(1), request.below(2));
        }
        Optional<AmoPortal> found = Optional.ofNullable(portals.get(name));
        if (found.isEmpty()) {
            return Reply.html(404, "<html><body><h1>No such account</h1></body></html>");
        }
        AmoPortal portal = found.get();
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
        return portals.values().stream().map(AmoState::read).toList();
    }

    @Override
    public void close() {
        sender.close();
    }

    private Reply control(String name, String verb, Request request) {
        String action = request.verb() + " " + verb;
        return switch (action) {
            case "POST _install" -> install(portal(name), request.json());
            case "GET _state" -> Reply.prettyJson(AmoState.read(portal(name)));
            case "PUT _state" -> {
                AmoState.write(portal(name), request.json());
                yield Reply.prettyJson(AmoState.read(portal(name)));
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
            case "POST _event" -> events.send(portal(name), request.json());
            case "POST _jwt" -> AmoEvents.token(portal(name), request.json());
            default -> Reply.problem(404, action + ": there is no such knob");
        };
    }

    private AmoPortal portal(String name) {
        return portals.computeIfAbsent(
                name, n -> new AmoPortal(n, address.apply(n), PortalClock.system()));
    }

    private static Reply fault(AmoPortal portal, JsonNode document) {
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
