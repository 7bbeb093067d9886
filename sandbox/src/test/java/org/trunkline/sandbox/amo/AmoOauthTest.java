package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;

/** Tokens, codes, consent. */
class AmoOauthTest {
    private static final String REDIRECT = "https://hub.example/crm/amocrm/acme/main/oauth";
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void aTokenLooksLikeAJwtAndLivesADay() {
        JsonNode renewed = AmoAccount.json(renew(refreshToken()));
        assertThat(renewed.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(renewed.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(renewed.path("server_time").asLong()).isPositive();
        String[] parts = renewed.path("access_token").asText().split("\\.");
        assertThat(parts).hasSize(3);
        JsonNode claims =
                Json.parse(
                        new String(
                                Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(86_400);
    }

    @Test
    void aRefreshTokenWorksOnceAndReplacesBoth() {
        JsonNode renewed = AmoAccount.json(renew(refreshToken()));
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(401);
        account.token(renewed.path("access_token").asText());
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);

        HttpResponse<String> again = renew(refreshToken());
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(AmoAccount.json(again).path("hint").asText())
                .isEqualTo("Token has been revoked");
        assertThat(AmoAccount.json(again).path("type").asText())
                .isEqualTo("https://developers.amocrm.ru/v3/errors/OAuthProblemJson");
        assertThat(renew(renewed.path("refresh_token").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void aLostReplyUsesTheRefreshTokenUp() {
        account.fault("{\"kind\":\"lostReply\",\"method\":\"oauth2/access_token\"}");
        assertThatThrownBy(() -> renew(refreshToken())).hasCauseInstanceOf(IOException.class);
        account.send("DELETE", "_faults", "");
        assertThat(renew(refreshToken()).statusCode()).isEqualTo(400);
    }

    @Test
    void theRedirectMustBeTheRegisteredOne() {
        account.put("{\"account\":{\"integration\":{\"redirectUri\":\"https://other.example\"}}}");
        assertThat(hint(renew(refreshToken()))).isEqualTo("Check the `redirect_uri` parameter");
        account.put("{\"account\":{\"integration\":{\"redirectUri\":\"" + REDIRECT + "\"}}}");
        assertThat(renew(refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void wrongClientsAreTold() {
        String id = account.auth().path("clientId").asText();
        assertThat(hint(grant("nobody", "x", "refresh_token", "refresh_token", refreshToken())))
                .isEqualTo("Check the `client_id` parameter");
        assertThat(grant(id, "x", "refresh_token", "refresh_token", refreshToken()).statusCode())
                .isEqualTo(401);
        assertThat(hint(renew("never issued"))).isEqualTo("Invalid refresh token");
        assertThat(renew(refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void consentGivesACodeThatLivesTwentyMinutesAndWorksOnce() throws Exception {
        account.put("{\"account\":{\"integration\":{\"redirectUri\":\"" + REDIRECT + "\"}}}");
        JsonNode given = consent();
        assertThat(given.path("state").asText()).isEqualTo("s 1");
        assertThat("http://" + given.path("referer").asText()).isEqualTo(account.base());
        assertThat(given.path("platform").asText()).isEqualTo("1");
        String code = given.path("code").asText();
        JsonNode tokens = AmoAccount.json(redeem(code));
        account.token(tokens.path("access_token").asText());
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
        assertThat(hint(redeem(code))).isEqualTo("Cannot decrypt the authorization code");

        String late = consent().path("code").asText();
        account.put("{\"clock\":{\"offsetSeconds\":1200}}");
        assertThat(hint(redeem(late))).isEqualTo("Authorization code has expired");
    }

    @Test
    void anAdministratorMayRefuse() throws Exception {
        account.put(
                "{\"account\":{\"integration\":{\"consent\":false,\"redirectUri\":\""
                        + REDIRECT
                        + "\"}}}");
        assertThat(consent().path("error").asText()).isEqualTo("access_denied");
    }

    @Test
    void accessTokensEndAfterADayAndLongLivedOnesDoNot() {
        String longLived =
                AmoAccount.json(account.send("POST", "_install", "{\"longLivedToken\":true}"))
                        .path("auth")
                        .path("longLivedToken")
                        .asText();
        account.put("{\"clock\":{\"offsetSeconds\":86401}}");
        HttpResponse<String> ended = account.api("GET", "account", "");
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(ended.headers().firstValue("Content-Type")).contains("application/problem+json");
        account.token(longLived);
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
        account.fault("{\"kind\":\"revokeToken\"}");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(401);
    }

    @Test
    void tokensCanBeEndedAtSuchARequest() {
        account.fault("{\"kind\":\"expireToken\",\"method\":\"contacts\"}");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
        assertThat(account.api("GET", "contacts", "").statusCode()).isEqualTo(401);
        assertThat(renew(refreshToken()).statusCode()).isEqualTo(200);
    }

    private String refreshToken() {
        return account.auth().path("refreshToken").asText();
    }

    private HttpResponse<String> renew(String token) {
        return grant(id(), secret(), "refresh_token", "refresh_token", token);
    }

    private HttpResponse<String> redeem(String code) {
        return grant(id(), secret(), "authorization_code", "code", code);
    }

    private String id() {
        return account.auth().path("clientId").asText();
    }

    private String secret() {
        return account.auth().path("clientSecret").asText();
    }

    private HttpResponse<String> grant(
            String id, String secret, String kind, String key, String value) {
        String body =
                Json.write(
                        Json.object()
                                .put("client_id", id)
                                .put("client_secret", secret)
                                .put("grant_type", kind)
                                .put(key, value)
                                .put("redirect_uri", REDIRECT));
        return account.send("POST", "oauth2/access_token", body);
    }

    private static String hint(HttpResponse<String> response) {
        return AmoAccount.json(response).path("hint").asText();
    }

    private JsonNode consent() throws IOException {
        HttpResponse<String> page =
                account.send("GET", "oauth?client_id=" + id() + "&state=s%201&mode=popup", "");
        assertThat(page.statusCode()).isEqualTo(302);
        String target = page.headers().firstValue("Location").orElseThrow();
        assertThat(target).startsWith(REDIRECT + "?");
        return PhpParams.parse(URI.create(target).getRawQuery());
    }
}
