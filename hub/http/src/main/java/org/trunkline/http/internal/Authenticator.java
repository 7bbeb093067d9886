package org.trunkline.http.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the Authorization header: Basic against the administrator's password, Bearer against the
 * API token.
 */
final class Authenticator {
    static final String ADMIN = "admin";
    private static final String API = "api";

    /** How long a right password is remembered, so that not each request costs a key derivation. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final int MOST_REMEMBERED = 100;

    /** What is to be answered. */
    sealed interface Verdict permits Granted, Refused, Throttled {}

    record Granted(String user) implements Verdict {}

    record Refused() implements Verdict {}

    /**
     * @param seconds until the address may try again
     */
    record Throttled(long seconds) implements Verdict {}

    private final AdminPassword password;
    private final ApiToken token;
    private final LoginThrottle throttle;
    private final Clock clock;

    /** Digests of headers that were right, never the headers. */
    private final Map<String, Instant> remembered =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    Authenticator(Credentials credentials, Clock clock) {
        this.password = credentials.password();
        this.token = credentials.token();
        this.throttle = new LoginThrottle(clock);
        this.clock = clock;
    }

    /**
     * @param address of the caller, for the throttle
     */
    Verdict check(String address, Optional<String> header) {
        if (header.isEmpty()) {
            return new Refused();
        }
        Optional<String> bearer = after("Bearer ", header.get());
        if (bearer.filter(token::matches).isPresent()) {
            return new Granted(API);
        }
        Optional<String> basic = after("Basic ", header.get());
        if (basic.isPresent() && isRemembered(header.get())) {
            return new Granted(ADMIN);
        }
        Optional<Duration> wait = throttle.wait(address);
        if (wait.isPresent()) {
            return new Throttled(Math.max(1, wait.get().toSeconds()));
        }
        if (basic.filter(this::isAdmin).isPresent()) {
            remember(header.get());
            throttle.succeeded(address);
            return new Granted(ADMIN);
        }
        throttle.failed(address);
        return new Refused();
    }

    /** The same for other ways in than HTTP. */
    boolean isAdmin(String from, String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(credentials);
        return check(from, Optional.of(header)) instanceof Granted;
    }

    private boolean isAdmin(String encoded) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        String credentials = new String(decoded, StandardCharsets.UTF_8);
        int colon = credentials.indexOf(':');
        // The password is checked for any user name: the time taken doesn't tell which names exist.
        return colon >= 0
                && password.matches(credentials.substring(colon + 1))
                        & credentials.substring(0, colon).equals(ADMIN);
    }

    private boolean isRemembered(String header) {
        synchronized (remembered) {
            Instant until = remembered.get(digest(header));
            return until != null && clock.instant().isBefore(until);
        }
    }

    private void remember(String header) {
        synchronized (remembered) {
            remembered.put(digest(header), clock.instant().plus(REMEMBERED));
        }
    }

    private static Optional<String> after(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).trim())
                : Optional.empty();
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has SHA-256", e);
        }
    }
}
