package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.WireFaults;

/**
 * {@code /oauth/authorize/} and {@code /oauth/token/}; here they live on the portal's own address.
 */
final class OauthEndpoint {
    static final String SCOPE = "crm,telephony,user,user_basic,placement,im";

    /** The name under which faults know the endpoint. */
    private static final List<String> TOKEN = List.of("oauth/token");

    private OauthEndpoint() {}

    static Reply handle(Portal portal, Request request) {
        Instant start = portal.now();
        Reply reply =
                switch (request.segment(0)) {
                    case "token" ->
                            WireFaults.cut(portal, TOKEN)
                                    .or(() -> WireFaults.answered(portal, TOKEN))
                                    .orElseGet(() -> renewed(portal, request));
                    case "authorize" -> authorize(portal, request);
                    default -> Reply.html(404, "<h1>404 Not Found</h1>");
                };
        String name = "oauth/" + request.segment(0);
        portal.ledger().add(start, name, List.of(name), request, reply);
        return reply;
    }

    private static Reply renewed(Portal portal, Request request) {
        WireFaults.slow(portal, TOKEN).ifPresent(slow -> portal.clock().spend(slow.seconds(20)));
        return WireFaults.delivered(portal, TOKEN, token(portal, request));
    }

    private static Reply token(Portal portal, Request request) {
        ObjectNode given = request.parameters();
        Instant now = portal.now();
        if (!Json.text(given, "client_id").equals(portal.tokens().clientId())
                || !Json.text(given, "client_secret").equals(portal.tokens().clientSecret())) {
            // The documents name invalid_client, the vendor's own SDK also knows wrong_client.
            boolean docs = portal.errorStyle() == RestFault.ErrorStyle.DOCS;
            return error(401, docs ? "invalid_client" : "wrong_client");
        }
        return switch (Json.text(given, "grant_type")) {
            case "refresh_token" ->
                    grant(portal, portal.tokens().renew(Json.text(given, "refresh_token"), now));
            case "authorization_code" ->
                    grant(portal, portal.tokens().redeem(Json.text(given, "code"), now));
            default -> error(400, "invalid_request");
        };
    }

    private static Reply grant(Portal portal, Optional<Tokens.Pair> pair) {
        return pair.map(p -> Reply.json(200, answer(portal, p)))
                .orElseGet(() -> error(400, "invalid_grant"));
    }

    /** What the vendor answers on a grant and sends on installation. */
    static ObjectNode answer(Portal portal, Tokens.Pair pair) {
        String domain = portal.address().replaceFirst("^https?://", "");
        return Json.object()
                .put("access_token", pair.access())
                .put("refresh_token", pair.refresh())
                .put("expires", pair.expires().getEpochSecond())
                .put("expires_in", portal.tokens().life().toSeconds())
                .put("client_endpoint", portal.address() + "/rest/")
                .put("server_endpoint", portal.address() + "/rest/")
                .put("domain", domain)
                .put("member_id", portal.memberId())
                .put("scope", SCOPE)
                .put("status", "L")
                .put("user_id", Long.parseLong(pair.user()));
    }

    /** The administrator is always logged in and always agrees. */
    private static Reply authorize(Portal portal, Request request) {
        ObjectNode given = request.query();
        String target = Json.text(given, "redirect_uri");
        if (target.isEmpty() || !Json.text(given, "client_id").equals(portal.tokens().clientId())) {
            return error(400, "invalid_request");
        }
        String code = portal.tokens().code("1", portal.now());
        String domain = portal.address().replaceFirst("^https?://", "");
        return Reply.redirect(
                302,
                target
                        + (target.contains("?") ? "&" : "?")
                        + "code="
                        + code
                        + "&state="
                        + encode(Json.text(given, "state"))
                        + "&domain="
                        + encode(domain)
                        + "&member_id="
                        + portal.memberId()
                        + "&scope="
                        + encode(SCOPE)
                        + "&server_domain="
                        + encode(domain));
    }

    private static Reply error(int status, String code) {
        return Reply.json(status, Json.object().put("error", code).put("error_description", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
