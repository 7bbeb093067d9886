package org.trunkline.http.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the server is built from: {@link HttpConfig}, checked. */
record HttpSettings(
        String host,
        int port,
        Optional<Tls> tls,
        int pbxBodyLimit,
        int bodyLimit,
        Duration bodyTimeout,
        Duration headerTimeout,
        Duration idleTimeout,
        int connections,
        int threads,
        Set<String> expectedPrefixes) {

    private static final int LEAST_THREADS = 8;

    record Tls(int port, String keystore, String password) {
        @Override
        public String toString() {
            return "Tls[port=" + port + ", keystore=" + keystore + "]";
        }
    }

    static HttpSettings of(HttpConfig config) {
        Optional<Tls> tls =
                config.tls_keystore().isBlank()
                        ? Optional.empty()
                        : Optional.of(
                                new Tls(
                                        inRange("tls.port", config.tls_port(), 0, 65_535),
                                        config.tls_keystore().trim(),
                                        config.tls_keystore_password()));
        return new HttpSettings(
                config.host().trim(),
                inRange("port", config.port(), 0, 65_535),
                tls,
                inRange("body.limit.pbx", config.body_limit_pbx(), 1, Integer.MAX_VALUE),
                inRange("body.limit", config.body_limit(), 1, Integer.MAX_VALUE),
                millis("body.timeout", config.body_timeout()),
                millis("header.timeout", config.header_timeout()),
                millis("idle.timeout", config.idle_timeout()),
                inRange("connections", config.connections(), 1, 1_000_000),
                inRange("threads", config.threads(), LEAST_THREADS, 10_000),
                Arrays.stream(config.expected_prefixes())
                        .flatMap(keys -> Arrays.stream(keys.split(",")))
                        .map(String::trim)
                        .filter(prefix -> !prefix.isEmpty())
                        .map(Prefixes::checked)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The most bytes that a body sent to the path may have. */
    int bodyLimit(String path) {
        return GateHandler.isForCallers(path) ? pbxBodyLimit : bodyLimit;
    }

    private static Duration millis(String key, long value) {
        return Duration.ofMillis(inRange(key, value, 1, Integer.MAX_VALUE));
    }

    private static int inRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "etc/org.trunkline.http.cfg: %s = %d is out of range, give a number from %d to %d"
                            .formatted(key, value, least, most));
        }
        return Math.toIntExact(value);
    }
}
