package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.Reply;

/** Bucket, operating counters, tokens, webhooks. */
class LimitsTest {
    private final TestPortal portal = new TestPortal();

    @Test
    void fiftyRequestsFitAndTwoASecondAfterThat() {
        portal.put("{\"clock\":{\"factor\":0}}");
        for (int i = 0; i < 50; i++) {
            assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        }
        Reply refused = portal.reply("user.current", "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(TestPortal.json(refused).path("error").asText())
                .isEqualTo("QUERY_LIMIT_EXCEEDED");
        portal.clock().advance(Duration.ofSeconds(1));
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(503);
    }

    @Test
    void theBucketMayBeWiderOrOff() {
        portal.put("{\"clock\":0,\"bucket\":{\"limit\":1}}");
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(503);
        assertThat(portal.state().path("bucket").path("refused").asInt()).isEqualTo(1);
        portal.put("{\"bucket\":{\"enabled\":false}}");
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
    }

    @Test
    void aMethodThatRanTooLongPausesAloneUntilItsBasketsEmpty() {
        portal.put("{\"operating\":{\"limitSeconds\":0.4}}");
        portal.register("+79161234567", "");
        JsonNode time =
                portal.call(
                                "telephony.externalCall.register",
                                "{\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234568\",\"TYPE\":2}")
                        .path("time");
        assertThat(time.path("operating").asDouble()).isEqualTo(0.4);
        Reply refused =
                portal.reply(
                        "telephony.externalCall.register",
                        "{\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234569\",\"TYPE\":2}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(portal.state().path("operating").path("refused").asInt()).isEqualTo(1);
        assertThat(TestPortal.json(refused).path("error").asText())
                .isEqualTo("OPERATION_TIME_LIMIT");
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        long wait =
                time.path("operating_reset_at").asLong()
                        - portal.clock().instant().getEpochSecond();
        portal.clock().advance(Duration.ofSeconds(wait));
        assertThat(portal.register("+79161234569", "")).isNotEmpty();
    }

    @Test
    void tokensExpireAndRotate() {
        portal.clock().advance(Duration.ofHours(1));
        Reply expired = portal.reply("user.current", "{}");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(TestPortal.json(expired).path("error").asText()).isEqualTo("expired_token");

        String refresh = portal.auth().path("refreshToken").asText();
        JsonNode renewed = TestPortal.json(renew(refresh));
        assertThat(renewed.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(renewed.path("refresh_token").asText()).isNotEmpty().isNotEqualTo(refresh);
        assertThat(renewed.path("client_endpoint").asText())
                .isEqualTo(TestPortal.ADDRESS + "/rest/");
        assertThat(renewed.path("member_id")).isEqualTo(portal.auth().path("memberId"));
        portal.token(renewed.path("access_token").asText());
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(TestPortal.json(renew(refresh)).path("error").asText())
                .isEqualTo("invalid_grant");
    }

    @Test
    void refreshTokensLive180Days() {
        portal.clock().advance(Duration.ofDays(180));
        assertThat(
                        TestPortal.json(renew(portal.auth().path("refreshToken").asText()))
                                .path("error")
                                .asText())
                .isEqualTo("invalid_grant");
    }

    @Test
    void aWrongClientIsRefused() {
        Reply reply =
                portal.handle(
                        "GET",
                        "oauth/token",
                        "grant_type=refresh_token&client_id=x&client_secret=y&refresh_token=z",
                        "",
                        "");
        assertThat(TestPortal.json(reply).path("error").asText()).isEqualTo("wrong_client");
    }

    @Test
    void aBadTokenIsNotAnExpiredOne() {
        portal.token("made-up");
        JsonNode body = portal.call("user.current", "{}");
        assertThat(body.path("error").asText()).isEqualTo("NO_AUTH_FOUND");
        assertThat(body.path("error_description").asText()).isEqualTo("Wrong authorization data");
    }

    @Test
    void webhooksMayReadButNotRegister() {
        assertThat(portal.webhook("user.current", "{}").status()).isEqualTo(200);
        for (String method :
                new String[] {
                    "telephony.externalCall.register",
                    "telephony.externalcall.finish",
                    "telephony.externalLine.get",
                    "event.bind"
                }) {
            Reply reply = portal.webhook(method, "{}");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(TestPortal.json(reply).path("error").asText()).isEqualTo("WRONG_AUTH_TYPE");
        }
        assertThat(portal.webhook("telephony.externalCall.show", "{\"CALL_ID\":\"x\"}").status())
                .isEqualTo(200);
        assertThat(portal.handle("GET", "rest/1/wrong/user.current", "", "", "").status())
                .isEqualTo(401);
    }

    @Test
    void aRenamedPortalRedirects() {
        portal.put("{\"movedTo\":\"http://127.0.0.1:2/sandbox/bitrix24/new\"}");
        Reply reply = portal.reply("user.current", "{}");
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.headers().get("Location"))
                .isEqualTo("http://127.0.0.1:2/sandbox/bitrix24/new/rest/user.current");
    }

    private Reply renew(String refreshToken) {
        return portal.handle(
                "GET",
                "oauth/token",
                "grant_type=refresh_token&client_id="
                        + portal.auth().path("clientId").asText()
                        + "&client_secret="
                        + portal.auth().path("clientSecret").asText()
                        + "&refresh_token="
                        + refreshToken,
                "",
                "");
    }
}
