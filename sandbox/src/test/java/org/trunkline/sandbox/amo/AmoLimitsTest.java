package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rate, the block, costs and faults. */
class AmoLimitsTest {
    private static final String POPUP =
            "{\"add\":[{\"type\":\"phone_call\",\"phone_number\":\"+79161234567\"}]}";
    private final AmoAccount account = new AmoAccount();

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void sevenInASecondAndNoMore() {
        RateLimit limit = new RateLimit();
        Instant start = Instant.parse("2026-03-02T09:00:00Z");
        for (int i = 0; i < 7; i++) {
            assertThat(limit.admit(start.plusMillis(i))).isEqualTo(RateLimit.Verdict.WELCOME);
        }
        assertThat(limit.admit(start.plusMillis(900))).isEqualTo(RateLimit.Verdict.TOO_MANY);
        // The first seven have left the window, the refused one has not.
        Instant later = start.plusMillis(1100);
        for (int i = 0; i < 6; i++) {
            assertThat(limit.admit(later)).isEqualTo(RateLimit.Verdict.WELCOME);
        }
        assertThat(limit.admit(later)).isEqualTo(RateLimit.Verdict.TOO_MANY);
        assertThat(limit.refused()).isEqualTo(2);
    }

    @Test
    void sevenASecondEvenlySpacedAreNeverRefused() {
        RateLimit limit = new RateLimit();
        Instant at = Instant.parse("2026-03-02T09:00:00Z");
        for (int i = 0; i < 700; i++) {
            assertThat(limit.admit(at)).isEqualTo(RateLimit.Verdict.WELCOME);
            at = at.plusNanos(1_000_000_000L / 7 + 1);
        }
    }

    @Test
    void whoGoesOnIsShutOutAndKnockingStartsTheTimeAnew() {
        RateLimit limit = new RateLimit();
        limit.rules(new RateLimit.Rules(true, 1, 3, Duration.ofSeconds(60)));
        Instant start = Instant.parse("2026-03-02T09:00:00Z");
        limit.admit(start);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.admit(start)).isEqualTo(RateLimit.Verdict.TOO_MANY);
        }
        assertThat(limit.admit(start.plusSeconds(59))).isEqualTo(RateLimit.Verdict.BLOCKED);
        assertThat(limit.admit(start.plusSeconds(61))).isEqualTo(RateLimit.Verdict.BLOCKED);
        assertThat(limit.admit(start.plusSeconds(121))).isEqualTo(RateLimit.Verdict.WELCOME);
        assertThat(limit.blocked()).isEqualTo(2);
    }

    @Test
    void excessIsAnsweredWithoutJsonAndCounted() {
        account.put("{\"rate\":{\"enabled\":true,\"perSecond\":1,\"blockAfter\":2}}");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
        HttpResponse<String> excess = account.api("GET", "account", "");
        assertThat(excess.statusCode()).isEqualTo(429);
        assertThat(excess.headers().firstValue("Content-Type").orElse("")).contains("text/html");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(429);
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(403);

        JsonNode state = account.state();
        assertThat(state.path("rate").path("refused").asInt()).isEqualTo(2);
        assertThat(state.path("rate").path("blocked").asInt()).isEqualTo(1);
        assertThat(state.path("ledger").findValuesAsText("status"))
                .containsExactly("200", "429", "429", "403");
        account.put("{\"clock\":{\"offsetSeconds\":61}}");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(200);
    }

    @Test
    void allTokensOfAnAccountShareItsRate() {
        account.put("{\"rate\":{\"enabled\":true,\"perSecond\":1}}");
        account.get("account");
        account.token(
                AmoAccount.json(account.send("POST", "_install", "{}"))
                        .at("/auth/accessToken")
                        .asText());
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(429);
        assertThat(account.send("POST", "oauth2/access_token", "{}").statusCode()).isEqualTo(429);
    }

    @Test
    void aPlantedRefusalIsNotCountedAsOurs() {
        account.fault("{\"kind\":\"status\",\"status\":429,\"method\":\"v2/events\"}");
        assertThat(account.send("POST", "api/v2/events", POPUP).statusCode()).isEqualTo(429);
        assertThat(account.state().path("rate").path("refused").asInt()).isZero();
        assertThat(account.state().path("struck").path("status").asInt()).isEqualTo(1);
        assertThat(account.state().path("cards")).isEmpty();
    }

    @Test
    void aRequestCostsATenthOfASecond() {
        account.put("{\"clock\":{\"factor\":1}}");
        account.get("account");
        JsonNode entry = account.state().path("ledger").path(0);
        assertThat(entry.path("millis").asLong()).isBetween(100L, 2000L);
        assertThat(entry.path("method").asText()).isEqualTo("GET /api/v4/account");
    }

    @Test
    void aLostReplyAndAnErrorAfterTheCommitAreDoneAllTheSame() {
        account.fault("{\"kind\":\"lostReply\",\"method\":\"contacts\"}");
        assertThatThrownBy(() -> account.post("contacts", "[{\"name\":\"One\"}]"))
                .hasCauseInstanceOf(IOException.class);
        account.send("DELETE", "_faults", "");
        account.fault("{\"kind\":\"errorAfterCommit\",\"method\":\"post contacts\"}");
        assertThat(account.api("POST", "contacts", "[{\"name\":\"Two\"}]").statusCode())
                .isEqualTo(504);
        assertThat(account.state().path("contacts").findValuesAsText("name"))
                .containsExactly("One", "Two");
        assertThat(account.state().path("ledger").path(0).path("status").asInt()).isZero();
    }

    @Test
    void slowAnswersTakeTheirTime() {
        account.fault("{\"kind\":\"slow\",\"seconds\":0.3,\"method\":\"/api/v4/account\"}");
        account.get("account");
        assertThat(account.state().path("ledger").path(0).path("millis").asLong())
                .isGreaterThanOrEqualTo(300);
    }

    @Test
    void theLedgerCountsItemsAndKnowsThePopups() {
        account.post("contacts", "[{\"name\":\"One\"},{\"name\":\"Two\"}]");
        account.send("POST", "api/v2/events", POPUP);
        JsonNode ledger = account.state().path("ledger");
        assertThat(ledger.path(0).path("commands").asInt()).isEqualTo(2);
        assertThat(ledger.path(1).path("method").asText()).isEqualTo("POST /api/v2/events");
        assertThat(ledger.path(1).path("shows").path(0).asText()).isEqualTo("+79161234567");
    }

    @Test
    void unknownWaysAndVerbs() {
        assertThat(account.api("GET", "nothing", "").statusCode()).isEqualTo(404);
        assertThat(account.api("GET", "calls", "").statusCode()).isEqualTo(405);
        assertThat(account.api("POST", "contacts", "{").statusCode()).isEqualTo(400);
        assertThat(account.send("POST", "api/v4/contacts", "[{}]", "text/plain").statusCode())
                .isEqualTo(400);
        assertThat(account.api("GET", "contacts", "").statusCode()).isEqualTo(204);
        assertThat(account.api("GET", "contacts", "").body()).isEmpty();
        account.put("{\"account\":{\"is_paid\":false}}");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(402);
        account.token("wrong");
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(401);
    }
}
