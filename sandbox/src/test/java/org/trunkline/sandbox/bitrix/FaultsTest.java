package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.Reply;

/** What the portal can be told to do wrong. */
class FaultsTest {
    private static final String REGISTER = "telephony.externalCall.register";
    private static final String CALL =
            "{\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2}";
    private final TestPortal portal = new TestPortal();

    @Test
    void downAnswersNothingAndDoesNothing() {
        portal.fault("{\"kind\":\"down\",\"forSeconds\":60}");
        assertThat(portal.reply(REGISTER, CALL).delivery())
                .isInstanceOf(Reply.Delivery.Nothing.class);
        portal.clock().advance(Duration.ofSeconds(60));
        assertThat(portal.reply(REGISTER, CALL).delivery())
                .isInstanceOf(Reply.Delivery.Whole.class);
        assertThat(portal.state().path("calls")).hasSize(1);
        assertThat(portal.state().path("ledger").path(0).path("status").asInt()).isZero();
    }

    @Test
    void whatStruckIsCountedByName() {
        portal.fault("{\"kind\":\"down\",\"forSeconds\":60}");
        portal.reply(REGISTER, CALL);
        portal.clock().advance(Duration.ofSeconds(60));
        portal.fault(
                "{\"kind\":\"lostReply\",\"name\":\"lost register\","
                        + "\"method\":\"telephony.externalcall.register\"}");
        portal.reply(REGISTER, CALL);
        portal.reply(REGISTER, CALL);
        portal.reply("user.current", "{}");

        JsonNode struck = portal.state().path("struck");
        assertThat(struck).hasSize(2);
        assertThat(struck.path("down").asInt()).isEqualTo(1);
        assertThat(struck.path("lost register").asInt()).isEqualTo(2);
    }

    @Test
    void aLostReplyIsAppliedAllTheSame() {
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"telephony.externalcall.register\"}");
        assertThat(portal.reply(REGISTER, CALL).delivery())
                .isInstanceOf(Reply.Delivery.Nothing.class);
        assertThat(portal.state().path("calls")).hasSize(1);
        assertThat(portal.reply("user.current", "{}").delivery())
                .isInstanceOf(Reply.Delivery.Whole.class);
    }

    @Test
    void aBatchCountsAsItsCommands() {
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"" + REGISTER + "\"}");
        String cmd =
                "{\"cmd\":{\"a\":\"" + REGISTER + "?USER_ID=7&PHONE_NUMBER=79161234567&TYPE=2\"}}";
        assertThat(portal.reply("batch", cmd).delivery())
                .isInstanceOf(Reply.Delivery.Nothing.class);
        assertThat(portal.state().path("calls")).hasSize(1);
    }

    @Test
    void aStatusIsAnsweredWithoutAnythingDone() {
        portal.fault("{\"kind\":\"status\",\"status\":500,\"error\":\"INTERNAL_SERVER_ERROR\"}");
        Reply reply = portal.reply(REGISTER, CALL);
        assertThat(reply.status()).isEqualTo(500);
        assertThat(TestPortal.json(reply).path("error").asText())
                .isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(portal.state().path("calls")).isEmpty();
        portal.handle("DELETE", "_faults", "", "", "");
        assertThat(portal.reply(REGISTER, CALL).status()).isEqualTo(200);
    }

    @Test
    void slowTakesItsTime() {
        portal.fault("{\"kind\":\"slow\",\"seconds\":7}");
        Instant before = portal.clock().instant();
        portal.reply("user.current", "{}");
        assertThat(Duration.between(before, portal.clock().instant()).toMillis()).isEqualTo(7050);
    }

    @Test
    void oneCommandOfABatchCanFail() {
        portal.fault(
                "{\"kind\":\"error\",\"method\":\"app.info\",\"error\":\"INTERNAL_SERVER_ERROR\"}");
        JsonNode result =
                portal.result("batch", "{\"cmd\":{\"a\":\"user.current\",\"b\":\"app.info\"}}");
        assertThat(result.path("result").has("a")).isTrue();
        assertThat(result.path("result_error").path("b").path("error").asText())
                .isEqualTo("INTERNAL_SERVER_ERROR");
    }

    @Test
    void tokensEndAtOnceOrAtTheNextSuchRequest() {
        portal.fault("{\"kind\":\"expireToken\",\"method\":\"app.info\"}");
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
        assertThat(portal.call("app.info", "{}").path("error").asText()).isEqualTo("expired_token");
        assertThat(portal.call("user.current", "{}").path("error").asText())
                .isEqualTo("expired_token");
    }

    @Test
    void revokedMeansReinstall() {
        portal.fault("{\"kind\":\"revokeToken\"}");
        assertThat(portal.call("user.current", "{}").path("error").asText())
                .isEqualTo("NO_AUTH_FOUND");
        JsonNode auth = TestPortal.json(portal.post("_install", "")).path("auth");
        portal.token(auth.path("accessToken").asText());
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
    }

    @Test
    void probabilityZeroNeverStrikes() {
        portal.fault("{\"kind\":\"down\",\"probability\":0}");
        assertThat(portal.reply("user.current", "{}").status()).isEqualTo(200);
    }

    @Test
    void aLostReplyOfTheTokenEndpointUsesTheRefreshTokenUp() {
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"oauth/token\"}");
        assertThat(renew().delivery()).isInstanceOf(Reply.Delivery.Nothing.class);
        portal.handle("DELETE", "_faults", "", "", "");
        assertThat(TestPortal.json(renew()).path("error").asText()).isEqualTo("invalid_grant");
    }

    private Reply renew() {
        JsonNode auth = portal.auth();
        return portal.handle(
                "POST",
                "oauth/token",
                "",
                "application/x-www-form-urlencoded",
                "grant_type=refresh_token&client_id="
                        + auth.path("clientId").asText()
                        + "&client_secret="
                        + auth.path("clientSecret").asText()
                        + "&refresh_token="
                        + auth.path("refreshToken").asText());
    }
}
