package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** {@code _event}: what the CRM itself sends to the hub; and {@code _jwt}, what its pages carry. */
final class AmoEvents {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
    private final WebhookSender sender;

    AmoEvents(WebhookSender sender) {
        this.sender = sender;
    }

    /** {@code {"event","data","handler"?}}; answers whom it reached and how they answered. */
    Reply send(AmoPortal portal, JsonNode document) {
        String event = document.path("event").asText();
        JsonNode data = document.path("data");
        String handler = document.path("handler").asText();
        ObjectNode out = Json.object().put("event", event);
        ArrayNode sent = out.putArray("sent");
        switch (event) {
            case "disconnect" -> disconnect(portal, data, handler, sent);
            case "install" -> install(portal, data, handler, sent);
            default -> webhook(portal, event, data, handler, sent);
        }
        return Reply.json(200, out);
    }

    /** The integration is switched off in the account: the hook, and 401 from then on. */
    private void disconnect(AmoPortal portal, JsonNode data, String handler, ArrayNode sent) {
        String url = handler.isEmpty() ? portal.integration().disconnectUrl() : handler;
        if (url.isEmpty()) {
            throw new BadRequest(
                    "/handler: give an address here or as account.integration.disconnectUrl");
        }
        AmoTokens tokens = portal.tokens();
        String account = Long.toString(portal.accountId());
        String signature =
                Jwt.disconnectSignature(tokens.clientId(), account, tokens.clientSecret());
        tokens.revokeAll();
        String query =
                "account_id="
                        + data.path("account_id").asText(account)
                        + "&client_uuid="
                        + data.path("client_uuid").asText(tokens.clientId())
                        + "&signature="
                        + data.path("signature").asText(signature);
        get(url, query, sent);
    }

    /** An administrator installs it: the code goes to the redirect_uri. */
    private void install(AmoPortal portal, JsonNode data, String handler, ArrayNode sent) {
        String url = handler.isEmpty() ? portal.integration().redirectUri() : handler;
        if (url.isEmpty()) {
            throw new BadRequest(
                    "/handler: give an address here or as account.integration.redirectUri");
        }
        String state = URLEncoder.encode(data.path("state").asText(), StandardCharsets.UTF_8);
        get(url, AmoOauth.grant(portal) + "&state=" + state + "&from_widget=1", sent);
    }

    private void get(String url, String query, ArrayNode sent) {
        int status = sender.get(url + (url.contains("?") ? "&" : "?") + query);
        sent.addObject().put("handler", url).put("status", status);
    }

    /** A webhook by the name of its subscription; one that fails is tried again later. */
    private void webhook(
            AmoPortal portal, String event, JsonNode data, String handler, ArrayNode sent) {
        String[] parts = event.split("_", 2);
        if (parts.length < 2) {
            throw new BadRequest("/event: name a subscription, for instance update_contact");
        }
        String body;
        synchronized (portal) {
            body = body(portal, parts[0], parts[1], data);
        }
        List<WebhookQueue.Delivery> targets =
                handler.isEmpty()
                        ? portal.hooks().targets(event, body)
                        : List.of(
                                new WebhookQueue.Delivery(
                                        "", handler, event, body, 1, portal.now()));
        for (WebhookQueue.Delivery target : targets) {
            int status = sender.post(target).join();
            portal.hooks().answered(target, status);
            sent.addObject().put("handler", target.url()).put("status", status);
        }
    }

    private static String body(AmoPortal portal, String action, String kind, JsonNode data) {
        Optional<EntityType> type =
                List.of(EntityType.values()).stream()
                        .filter(t -> t.singular().equals(kind))
                        .findFirst();
        ObjectNode given = data instanceof ObjectNode object ? object : Json.object();
        if (type.isEmpty() || action.equals("note")) {
            String list = type.map(WebhookBody::list).orElse(kind);
            return WebhookBody.of(portal, list, action, given.deepCopy());
        }
        ObjectNode row =
                portal.entities(type.get())
                        .get(Json.text(given, "id"))
                        .map(ObjectNode::deepCopy)
                        .orElseGet(Json::object);
        row.setAll(given);
        String list = WebhookBody.list(type.get());
        return WebhookBody.of(portal, list, action, WebhookBody.entity(portal, type.get(), row));
    }

    /**
     * {@code {"user_id","audience"?,"claims"?}}: the token a widget's request carries in {@code
     * X-Auth-Token}. {@code claims} are written over the right ones, null takes one away.
     */
    static Reply token(AmoPortal portal, JsonNode document) {
        if (!document.hasNonNull("user_id")) {
            throw new BadRequest("/user_id: whose page is it?");
        }
        Instant now = portal.now();
        String redirect = portal.integration().redirectUri();
        String audience = document.path("audience").asText(redirect);
        if (audience.isEmpty()) {
            throw new BadRequest(
                    "/audience: give it here, or account.integration.redirectUri whose base it is");
        }
        ObjectNode claims =
                Json.object()
                        .put("iss", portal.address())
                        .put("aud", audience.replaceFirst("^(https?://[^/]+).*$", "$1"))
                        .put("jti", UUID.randomUUID().toString())
                        .put("iat", now.getEpochSecond())
                        .put("nbf", now.getEpochSecond())
                        .put("exp", now.plus(TOKEN_LIFE).getEpochSecond())
                        .put("account_id", portal.accountId())
                        .put("user_id", document.path("user_id").asLong())
                        .put("subdomain", portal.account().path("subdomain").asText())
                        .put("client_uuid", portal.tokens().clientId());
        for (var claim : document.path("claims").properties()) {
            if (claim.getValue().isNull()) {
                claims.remove(claim.getKey());
            } else {
                claims.set(claim.getKey(), claim.getValue());
            }
        }
        return Reply.json(
                200, Json.object().put("token", Jwt.sign(claims, portal.tokens().clientSecret())));
    }
}
