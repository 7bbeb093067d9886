package org.trunkline.crm.amocrm.internal.widget;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.trunkline.model.Json;

/**
 * Reads amoCRM's one-time tokens: HS256 by the integration's secret and nothing else, whatever the
 * token says of itself; then every claim. Pure.
 *
 * @param secret the integration's, {@code clientSecret}
 * @param client the integration's id, {@code clientId}
 * @param portals the account's addresses, of which {@code iss} must name one
 * @param hub the hub's public address, whose origin {@code aud} must name
 * @param account the account's id, where the hub knows it
 */
record TokenCheck(
        String secret, String client, List<URI> portals, URI hub, Optional<String> account) {

    /** How far the portal's clock and ours may differ. */
    static final Duration LEEWAY = Duration.ofMinutes(1);

    /** The vendor's tokens hold for half an hour. */
    static final Duration LIFE = Duration.ofMinutes(30);

    /** The vendor's have some 700 characters. */
    private static final int LONGEST = 4_096;

    /** Seconds of the epoch, some 3,000 years from now: the claims are times at all. */
    private static final long LATEST = 100_000_000_000L;

    private static final String ALGORITHM = "HmacSHA256";

    /** What a look at a token gives. */
    sealed interface Verdict {}

    record Accepted(DisposableToken token) implements Verdict {}

    /**
     * @param why for the log, never for who sent it
     */
    record Refused(String why) implements Verdict {}

    /** Whether the token is this integration's, of this account, for this hub, and holds now. */
    Verdict of(String token, Instant now) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return new Refused("it is no token");
        }
        Optional<JsonNode> head = json(parts[0]);
        // Pinned: a token that chooses its own algorithm could choose none.
        if (head.isEmpty()
                || !head.get().path("alg").asText().equals("HS256")
                || head.get().has("crit")) {
            return new Refused("it is not signed by HS256");
        }
        if (!signed(parts[0] + "." + parts[1], parts[2])) {
            return new Refused(
                    "its signature is not by the portal's clientSecret: give the integration's"
                            + " secret key in the company's document");
        }
        return json(parts[1])
                .map(claims -> claims(claims, now))
                .orElseGet(() -> new Refused("its claims can't be read"));
    }

    private Verdict claims(JsonNode claims, Instant now) {
        String id = claims.path("jti").asText();
        String user = claims.path("user_id").asText();
        String issuer = address(claims.path("iss").asText());
        if (portals.stream().noneMatch(p -> address(p.toString()).equals(issuer))) {
            return new Refused("iss is not the portal's address, " + portals.get(0));
        }
        Optional<String> meant = Origin.of(claims.path("aud").asText());
        if (meant.isEmpty() || !meant.equals(Origin.of(hub.toString()))) {
            return new Refused(
                    "aud is not "
                            + hub
                            + ": the integration's redirect address must be below"
                            + " TRUNKLINE_PUBLIC_URL");
        }
        if (!claims.path("client_uuid").asText().equals(client)) {
            return new Refused("client_uuid is not the portal's clientId");
        }
        if (!isId(claims.path("account_id").asText())
                || account.filter(a -> !a.equals(claims.path("account_id").asText())).isPresent()) {
            return new Refused("account_id is not this account's");
        }
        if (!isId(user) || !id.matches("[\\x21-\\x7e]{1,128}")) {
            return new Refused("user_id or jti is missing");
        }
        return times(claims, now)
                .<Verdict>map(Refused::new)
                .orElseGet(
                        () ->
                                new Accepted(
                                        new DisposableToken(
                                                id, user, time(claims, "exp").plus(LEEWAY))));
    }

    /** What is wrong with its times. */
    private static Optional<String> times(JsonNode claims, Instant now) {
        for (String name : new String[] {"iat", "nbf", "exp"}) {
            if (!claims.path(name).isIntegralNumber()
                    || !claims.path(name).canConvertToLong()
                    || Math.abs(claims.path(name).asLong()) > LATEST) {
                return Optional.of(name + " is missing");
            }
        }
        if (time(claims, "iat").isAfter(now.plus(LEEWAY))
                || time(claims, "nbf").isAfter(now.plus(LEEWAY))) {
            return Optional.of("it holds from a later time: set the hub's clock");
        }
        if (!time(claims, "exp").plus(LEEWAY).isAfter(now)) {
            return Optional.of("it holds no more: set the hub's clock");
        }
        return time(claims, "exp").isAfter(time(claims, "iat").plus(LIFE))
                ? Optional.of("it would hold for longer than amoCRM's do")
                : Optional.empty();
    }

    private static Instant time(JsonNode claims, String name) {
        return Instant.ofEpochSecond(claims.path(name).asLong());
    }

    private boolean signed(String text, String signature) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] own = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            return decoded(signature).filter(it -> MessageDigest.isEqual(own, it)).isPresent();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Optional<JsonNode> json(String part) {
        return decoded(part)
                .flatMap(
                        bytes -> {
                            try {
                                return Optional.of(
                                        Json.tree(new String(bytes, StandardCharsets.UTF_8)));
                            } catch (IllegalArgumentException noJson) {
                                return Optional.empty();
                            }
                        })
                .filter(JsonNode::isObject);
    }

    private static Optional<byte[]> decoded(String part) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static boolean isId(String text) {
        return text.matches("[1-9][0-9]{0,18}");
    }

    private static String address(String text) {
        return text.strip().replaceAll("/+$", "");
    }
}
