package org.trunkline.sandbox.bitrix;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The OAuth side of one application on one portal. A refresh token works once. */
final class Tokens {
    static final Duration REFRESH_LIFE = Duration.ofDays(180);
    private static final Duration CODE_LIFE = Duration.ofSeconds(30);

    /** A pair as the token endpoint gives it; {@code user} acts with it. */
    record Pair(String access, String refresh, String user, Instant expires) {}

    private record Grant(String user, Instant until) {}

    private final Map<String, Grant> access = new HashMap<>();
    private final Map<String, Grant> refresh = new HashMap<>();
    private final Map<String, Grant> codes = new HashMap<>();
    private final Set<String> expired = new HashSet<>();
    private final String clientId;
    private final String clientSecret;
    private Duration life = Duration.ofHours(1);

    Tokens(String portal) {
        clientId = "local." + hex().substring(0, 14) + "." + portal;
        clientSecret = hex() + hex().substring(0, 18);
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
        Pair pair = new Pair(hex(), hex(), user, now.plus(life));
        access.put(pair.access(), new Grant(user, pair.expires()));
        refresh.put(pair.refresh(), new Grant(user, now.plus(REFRESH_LIFE)));
        return pair;
    }

    /** Uses the refresh token up; empty when it is unknown, used or too old. */
    synchronized Optional<Pair> renew(String refreshToken, Instant now) {
        return Optional.ofNullable(refresh.remove(refreshToken))
                .filter(grant -> grant.until().isAfter(now))
                .map(grant -> issue(grant.user(), now));
    }

    synchronized String code(String user, Instant now) {
        String code = hex();
        codes.put(code, new Grant(user, now.plus(CODE_LIFE)));
        return code;
    }

    synchronized Optional<Pair> redeem(String code, Instant now) {
        return Optional.ofNullable(codes.remove(code))
                .filter(grant -> grant.until().isAfter(now))
                .map(grant -> issue(grant.user(), now));
    }

    /** The user behind a live access token. */
    synchronized Optional<String> user(String accessToken, Instant now) {
        return Optional.ofNullable(access.get(accessToken))
                .filter(grant -> grant.until().isAfter(now))
                .map(Grant::user);
    }

    /** Whether the token was good once: the portal then says expired, not wrong. */
    synchronized boolean wasGood(String accessToken) {
        return access.containsKey(accessToken) || expired.contains(accessToken);
    }

    /** Ends every access token now; refresh tokens stay. */
    synchronized void expireAll() {
        expired.addAll(access.keySet());
        access.clear();
    }

    /** Takes the application's right away: nothing of it works any more. */
    synchronized void revokeAll() {
        access.clear();
        expired.clear();
        refresh.clear();
        codes.clear();
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
