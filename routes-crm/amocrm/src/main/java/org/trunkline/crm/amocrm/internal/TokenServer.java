package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/**
 * The requests that need no token of ours: for tokens, and with one that was just given.
 *
 * @param redirectUri the integration's, which each request for tokens repeats
 * @param stored secrets of the account's authorisation, by name
 */
record TokenServer(PortalHttp http, String redirectUri, Function<String, Optional<String>> stored) {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1024 * 1024;

    /** See {@link AmocrmTokens#account}. */
    JsonNode account(URI base, String token) {
        Reply reply =
                http.send(
                        "GET",
                        URI.create(base + "/api/v4/account"),
                        Map.of("Authorization", "Bearer " + token, "User-Agent", "Trunkline"),
                        null,
                        DEADLINE,
                        MOST_BYTES);
        int status = reply instanceof Reply.Arrived arrived ? arrived.status() : 0;
        if (status == 200) {
            return ((Reply.Arrived) reply).json();
        }
        switch (status) {
            case 401, 403:
                throw new Fault.Auth(
                        "the account does not take the tokens it gave", Cures.NO_RIGHT);
            case 402:
                throw new Fault.Auth("the account is not paid", Cures.UNPAID);
            default:
                throw new Fault.Retryable("the account can't be asked", Duration.ofSeconds(5));
        }
    }

    /**
     * Tokens for a grant.
     *
     * @throws Fault.Auth if the grant is not taken
     * @throws Fault.Retryable if the account can't be asked now
     */
    Tokens.Renewal tokens(URI base, Map<String, String> grant) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("client_id", stored.apply("clientId").orElse(""));
        body.put("client_secret", stored.apply("clientSecret").orElse(""));
        grant.forEach(body::put);
        body.put("redirect_uri", redirectUri);
        Reply reply =
                http.send(
                        "POST",
                        URI.create(base + "/oauth2/access_token"),
                        Map.of("User-Agent", "Trunkline"),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        DEADLINE,
                        MOST_BYTES);
        Reply.Arrived arrived = reply.arrived("tokens cannot be renewed");
        JsonNode said = arrived.json();
        if (said.path("access_token").asText("").isEmpty()
                || said.path("refresh_token").asText("").isEmpty()) {
            throw refusal(arrived.status(), said);
        }
        return new Tokens.Renewal(
                Map.of(
                        Tokens.ACCESS, said.path("access_token").asText(),
                        Tokens.REFRESH, said.path("refresh_token").asText()),
                Duration.ofSeconds(said.path("expires_in").asLong()));
    }

    private Fault refusal(int status, JsonNode said) {
        String hint = said.path("hint").asText(said.path("detail").asText(""));
        if (status == 402) {
            return new Fault.Auth("amoCRM gives no tokens: 402", Cures.UNPAID);
        }
        if (status != 400 && status != 401 || hint.isEmpty()) {
            return new Fault.Retryable(
                    "amoCRM's authorisation answered " + status, Duration.ofSeconds(5));
        }
        return new Fault.Auth("amoCRM refused to give tokens: " + hint, cure(hint));
    }

    private String cure(String hint) {
        if (hint.contains("client_id") || hint.contains("client_secret")) {
            return "check clientId and clientSecret in the provisioning document";
        }
        return hint.contains("redirect_uri")
                ? "give the integration the redirect address " + redirectUri
                : Cures.RECONNECT;
    }
}
