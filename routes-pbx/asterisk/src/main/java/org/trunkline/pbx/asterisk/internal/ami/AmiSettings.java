package org.trunkline.pbx.asterisk.internal.ami;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.trunkline.runtime.BackOff;

/**
 * Where and how to connect.
 *
 * @param account name for logs and health, e.g. {@code acme/office}
 * @param port 1..65535; Asterisk's own defaults are 5038, and 5039 with TLS
 * @param ca a PEM file with the authorities to trust instead of the platform's; TLS only
 * @param timing how long to wait for what
 */
public record AmiSettings(
        String account,
        String host,
        int port,
        boolean tls,
        Optional<Path> ca,
        String username,
        String secret,
        Timing timing) {

    /**
     * @param connect for the TCP connection, the TLS handshake and each answer of the login
     * @param idle silence after which a Ping is sent; a second silence of this length is a dead
     *     peer
     * @param action for the answer to an action
     * @param resync how often the channels are listed while the session lasts, so that a single
     *     lost event does not keep a call open
     * @param retry pauses between attempts to connect
     * @param afterRefusal pauses after a refused login, which no hurry will cure
     */
    public record Timing(
            Duration connect,
            Duration idle,
            Duration action,
            Duration resync,
            BackOff retry,
            BackOff afterRefusal) {

        public static final Timing DEFAULT =
                new Timing(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(5)),
                        new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    }

    @Override
    public String toString() {
        return account + " at " + host + ":" + port + (tls ? " (TLS)" : "");
    }
}
