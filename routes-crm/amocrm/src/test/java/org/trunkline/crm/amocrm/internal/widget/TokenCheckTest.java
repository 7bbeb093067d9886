package org.trunkline.crm.amocrm.internal.widget;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** amoCRM's one-time tokens: what holds, and everything that does not. */
class TokenCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String PORTAL = "https://acme.amocrm.ru";
    private static final String HUB = "https://hub.example.com";
    private static final TokenCheck CHECK =
            new TokenCheck(
                    VendorToken.SECRET,
                    VendorToken.CLIENT,
                    List.of(URI.create(PORTAL)),
                    URI.create(HUB + "/"),
                    Optional.of(VendorToken.ACCOUNT));

    private static VendorToken token() {
        return VendorToken.issued(PORTAL, HUB, "7", NOW);
    }

    private static String refused(String token) {
        assertThat(CHECK.of(token, NOW)).isInstanceOf(TokenCheck.Refused.class);
        return ((TokenCheck.Refused) CHECK.of(token, NOW)).why();
    }

    private static boolean holds(VendorToken token, Instant at) {
        return CHECK.of(token.text(), at) instanceof TokenCheck.Accepted;
    }

    /** The example of the vendor's documentation, signed by a library of its own making. */
    @Test
    void T17_theVendorsTokenHolds() {
        TokenCheck.Verdict verdict =
                CHECK.of(token().claim("jti", "\"d628f123-5123\"").text(), NOW);

        assertThat(verdict)
                .isEqualTo(
                        new TokenCheck.Accepted(
                                new DisposableToken(
                                        "d628f123-5123", "7", NOW.plus(Duration.ofMinutes(31)))));
    }

    /**
     * Signed by openssl: printf HEAD.CLAIMS | openssl dgst -sha256 -hmac integration-secret-key.
     */
    @Test
    void T17_theSignatureIsThatOfAnotherToolToo() {
        String head = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9";
        String claims =
                "eyJpc3MiOiJodHRwczovL2FjbWUuYW1vY3JtLnJ1IiwiYXVkIjoiaHR0cHM6Ly9odWIuZXhh"
                        + "bXBsZS5jb20iLCJqdGkiOiJvcGVuc3NsLTEiLCJpYXQiOjE3OTUzNDE2MDAsIm5iZiI6MTc5"
                        + "NTM0MTYwMCwiZXhwIjoxNzk1MzQzNDAwLCJhY2NvdW50X2lkIjoxMjM0NTY3OCwidXNlcl9p"
                        + "ZCI6NywiY2xpZW50X3V1aWQiOiIwYjA4MzJmNi1kMTIzLTQxMjMtOTEyMy1lNzNmMjM2ODMz"
                        + "YzAifQ";

        assertThat(
                        CHECK.of(
                                head
                                        + "."
                                        + claims
                                        + ".St6CB3o39sh30dDSE-S30KkgQxvwAfJPG7uxJTfHSvQ",
                                NOW))
                .isInstanceOf(TokenCheck.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "iss; \"https://other.amocrm.ru\"; iss",
                "iss; ''; iss",
                "aud; \"https://hub.example.com.evil.example\"; aud",
                "aud; \"http://hub.example.com\"; aud",
                "aud; \"https://hub.example.com:8443\"; aud",
                "aud; \"\"; aud",
                "aud; ''; aud",
                "client_uuid; \"another\"; client_uuid",
                "client_uuid; ''; client_uuid",
                "account_id; 87654321; account_id",
                "account_id; ''; account_id",
                "account_id; 0; account_id",
                "user_id; ''; user_id",
                "user_id; -7; user_id",
                "user_id; \"7 or 8\"; user_id",
                "jti; ''; jti",
                "jti; \"\"; jti",
                "jti; \"with space\"; jti",
                "iat; ''; iat",
                "iat; \"now\"; iat",
                "nbf; ''; nbf",
                "exp; ''; exp",
                "exp; 1e300; exp",
                "exp; 99999999999; longer",
                "exp; 999999999999999; exp",
            })
    void T17_eachClaimMustBeRight(String name, String value, String why) {
        assertThat(refused(token().claim(name, value == null ? "" : value).text())).contains(why);
    }

    @Test
    void T17_itHoldsFromItsBeginningToItsEndAndAMinuteOfClocksApart() {
        Instant end = NOW.plus(Duration.ofMinutes(30));
        assertThat(holds(token(), NOW.minusSeconds(60))).isTrue();
        assertThat(holds(token(), NOW.minusSeconds(61))).isFalse();
        assertThat(holds(token(), end.plusSeconds(59))).isTrue();
        assertThat(holds(token(), end.plusSeconds(60))).isFalse();
        long later = NOW.getEpochSecond() + 61;
        assertThat(holds(token().claim("nbf", String.valueOf(later)), NOW)).isFalse();
        long longer = NOW.getEpochSecond() + 1801;
        assertThat(holds(token().claim("exp", String.valueOf(longer)), NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typ\":\"JWT\",\"alg\":\"none\"}",
                "{\"typ\":\"JWT\",\"alg\":\"hs256\"}",
                "{\"typ\":\"JWT\",\"alg\":\"RS256\"}",
                "{\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"crit\":[\"exp\"]}"
            })
    void T17_theAlgorithmIsNotTheTokensToChoose(String head) {
        assertThat(refused(token().head(head).text())).contains("HS256");
        assertThat(refused(token().head(head).unsigned())).contains("HS256");
    }

    @Test
    void T17_onlyTheIntegrationsSecretSigns() {
        assertThat(refused(token().signedBy("another").text())).contains("clientSecret");
        assertThat(refused(token().unsigned())).contains("clientSecret");
        assertThat(refused(token().mac("HmacSHA512").text())).contains("clientSecret");
        assertThat(refused(token().text() + "A")).contains("clientSecret");
        String[] parts = token().text().split("\\.");
        String other = VendorToken.issued(PORTAL, HUB, "8", NOW).text().split("\\.")[1];
        assertThat(refused(parts[0] + "." + other + "." + parts[2])).contains("clientSecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "%%%.%%%.%%%", "W10.W10.W10"})
    void whatIsNoTokenIsRefused(String text) {
        assertThat(refused(text)).isNotEmpty();
    }

    @Test
    void whatIsFarTooLongIsNotEvenRead() {
        assertThat(refused(token().claim("x", "\"" + "y".repeat(4_096) + "\"").text()))
                .isEqualTo("it is no token");
    }

    @Test
    void anAccountThatTheHubDoesNotKnowIsToldByIssAndSecret() {
        TokenCheck unknown =
                new TokenCheck(
                        VendorToken.SECRET,
                        VendorToken.CLIENT,
                        List.of(URI.create(PORTAL)),
                        URI.create(HUB),
                        Optional.empty());

        assertThat(unknown.of(token().text(), NOW)).isInstanceOf(TokenCheck.Accepted.class);
    }
}
