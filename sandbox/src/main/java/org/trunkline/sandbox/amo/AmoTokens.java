package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;

/**
 * The integration's tokens on one account. A refresh token works once, and each answer replaces
 * both: the access token before it ends too (the harder reading).
 */
final class AmoTokens {
    static final Duration REFRESH_LIFE = Duration.ofDays(91);
    private static final Duration CODE_LIFE = Duration.ofMinutes(20);
    private static final Duration LONG_LIFE = Duration.ofDays(5 * 365);

    record Pair(String access, String refresh) {}

    /** Why a grant can't be given, in the vendor's words. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String hint) {
            super(hint, null, false, false);
        }
    }

    private record Grant(String user, Instant until) {}

    private final Map<String, Grant> access = new HashMap<>();
    private final Map<String, Grant> longLived = new HashMap<>();
    private final Map<String, Grant> refresh = new HashMap<>();
    private final Map<String, String> pairs = new HashMap<>();
    private final Map<String, Grant> codes = new HashMap<>();
    private final Map<String, Grant> usedRefresh = new HashMap<>();
    private final String clientId = UUID.randomUUID().toString();
    private final String clientSecret = secret();
    private final String signingKey = secret();
    private final String address;
    private Duration life = Duration.ofDays(1);

    AmoTokens(String address) {
        this.address = address;
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    synchronized Duration life() {
        return life;
    }

    synchronized void live(Duration life) {
        this.life = life;
    }

    synchronized Pair issue(String user, Instant now) {
        Pair pair = new Pair(jwt(user, now, life), "def502" + secret() + secret());
        access.put(pair.access(), new Grant(user, now.plus(life)));
        refresh.put(pair.refresh(), new Grant(user, now.plus(REFRESH_LIFE)));
        pairs.put(pair.refresh(), pair.access());
        return pair;
    }

    synchronized String issueLongLived(String user, Instant now) {
        String token = jwt(user, now, LONG_LIFE);
        longLived.put(token, new Grant(user, now.plus(LONG_LIFE)));
        return token;
    }

    /** Uses the refresh token up. */
    synchronized Pair renew(String token, Instant now) throws Refused {
        Grant grant = refresh.remove(token);
        if (grant == null) {
            throw new Refused(
                    usedRefresh.containsKey(token)
                            ? "Token has been revoked"
                            : "Invalid refresh token");
        }
        usedRefresh.put(token, grant);
        access.remove(pairs.remove(token));
        if (!grant.until().isAfter(now)) {
            throw new Refused("Token has expired");
        }
        return issue(grant.user(), now);
    }

    synchronized String code(String user, Instant now) {
        String code = "def502" + secret();
        codes.put(code, new Grant(user, now.plus(CODE_LIFE)));
        return code;
    }

    synchronized Pair redeem(String code, Instant now) throws Refused {
        Grant grant = codes.remove(code);
        if (grant == null) {
            throw new Refused("Cannot decrypt the authorization code");
        }
        if (!grant.until().isAfter(now)) {
            throw new Refused("Authorization code has expired");
        }
        return issue(grant.user(), now);
    }

    /** The user behind a live token of either kind. */
    synchronized Optional<String> user(String token, Instant now) {
        return Optional.ofNullable(access.getOrDefault(token, longLived.get(token)))
                .filter(grant -> grant.until().isAfter(now))
                .map(Grant::user);
    }

    /** Ends every access token now; refresh tokens stay. */
    synchronized void expireAll() {
        access.clear();
        longLived.clear();
    }

    /** The integration was switched off: nothing of it works any more. */
    synchronized void revokeAll() {
        expireAll();
        usedRefresh.putAll(refresh);
        refresh.clear();
        pairs.clear();
        codes.clear();
    }

    private String jwt(String user, Instant now, Duration life) {
        ObjectNode claims =
                Json.object()
                        .put("aud", clientId)
                        .put("jti", UUID.randomUUID().toString())
                        .put("iat", now.getEpochSecond())
                        .put("nbf", now.getEpochSecond())
                        .put("exp", now.plus(life).getEpochSecond())
                        .put("sub", user)
                        .put("base_domain", address);
        return Jwt.sign(claims, signingKey);
    }

    private static String secret() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }
}
