package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.WireFaults;

/** {@code /oauth2/access_token}, and the page of consent, which lives at the vendor's own host. */
final class AmoOauth {
    /** The names under which faults know the token endpoint. */
    private static final List<String> TOKEN =
            List.of("oauth2/access_token", "post /oauth2/access_token", "oauth/token");

    private AmoOauth() {}

    static Reply token(AmoPortal portal, Request request) {
        Instant start = portal.now();
        Reply reply = answer(portal, request);
        String name = request.verb() + " /oauth2/access_token";
        portal.ledger().add(start, name, List.of(name), request, reply);
        return reply;
    }

    private static Reply answer(AmoPortal portal, Request request) {
        return WireFaults.cut(portal, TOKEN)
                .or(() -> ApiEndpoint.tooFast(portal))
                .or(() -> WireFaults.answered(portal, TOKEN))
                .orElseGet(
                        () -> {
                            ApiEndpoint.spend(portal, TOKEN);
                            return WireFaults.delivered(portal, TOKEN, granted(portal, request));
                        });
    }

    private static Reply granted(AmoPortal portal, Request request) {
        ObjectNode given = request.parameters();
        if (!request.verb().equals("POST")) {
            return error(405, "Method Not Allowed", "");
        }
        if (!Json.text(given, "client_id").equals(portal.tokens().clientId())) {
            return error(400, "The client does not exist", "Check the `client_id` parameter");
        }
        if (!Json.text(given, "client_secret").equals(portal.tokens().clientSecret())) {
            return error(
                    401, "Client authentication failed", "Check the `client_secret` parameter");
        }
        if (!portal.integration().redirectsTo(Json.text(given, "redirect_uri"))) {
            return error(400, "Bad request", "Check the `redirect_uri` parameter");
        }
        Instant now = portal.now();
        try {
            return switch (Json.text(given, "grant_type")) {
                case "authorization_code" ->
                        pair(portal, portal.tokens().redeem(Json.text(given, "code"), now));
                case "refresh_token" ->
                        pair(portal, portal.tokens().renew(Json.text(given, "refresh_token"), now));
                default -> error(400, "Bad request", "Check the `grant_type` parameter");
            };
        } catch (AmoTokens.Refused refused) {
            return error(400, "The grant is not valid", refused.getMessage());
        }
    }

    private static Reply pair(AmoPortal portal, AmoTokens.Pair pair) {
        return Reply.json(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", portal.tokens().life().toSeconds())
                        .put("server_time", portal.now().getEpochSecond())
                        .put("access_token", pair.access())
                        .put("refresh_token", pair.refresh()));
    }

    private static Reply error(int status, String detail, String hint) {
        ObjectNode body =
                Json.object()
                        .put("hint", hint)
                        .put("title", "Некорректный запрос")
                        .put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson")
                        .put("status", status)
                        .put("detail", detail);
        return Reply.of(status, "application/problem+json", Json.write(body));
    }

    /** The administrator is logged in; he agrees unless {@code account.integration.consent}. */
    static Reply consent(AmoPortal portal, Request request) {
        ObjectNode given = request.query();
        if (!Json.text(given, "client_id").equals(portal.tokens().clientId())) {
            return Reply.html(400, "<h1>Check the client_id parameter</h1>");
        }
        String target = portal.integration().redirectUri();
        if (target.isEmpty()) {
            return Reply.html(400, "<h1>The integration has no redirect_uri</h1>");
        }
        String state = "state=" + encode(Json.text(given, "state"));
        String join = target.contains("?") ? "&" : "?";
        if (!portal.integration().consents()) {
            return Reply.redirect(302, target + join + "error=access_denied&" + state);
        }
        return Reply.redirect(302, target + join + grant(portal) + "&" + state);
    }

    /** What the redirect carries besides the state. */
    static String grant(AmoPortal portal) {
        return "code="
                + portal.tokens().code(portal.admin(), portal.now())
                + "&referer="
                + encode(portal.host())
                + "&platform=1&client_id="
                + encode(portal.tokens().clientId());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
