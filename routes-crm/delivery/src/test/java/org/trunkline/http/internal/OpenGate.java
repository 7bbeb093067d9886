package org.trunkline.http.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The real gate outside OSGi, on a free port. */
public final class OpenGate implements AutoCloseable {

    private static final int BODY = 1_000;
    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final JettyGate gate;

    public OpenGate(Path data) {
        HttpSettings settings =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        BODY,
                        BODY,
                        REQUEST,
                        REQUEST,
                        IDLE,
                        200,
                        30,
                        Set.of());
        gate =
                new JettyGate(
                        settings,
                        new Credentials(
                                new SecretFolder(data), Optional.empty(), Optional.empty()));
    }

    public JettyGate gate() {
        return gate;
    }

    public int port() {
        return gate.port();
    }

    @Override
    public void close() {
        gate.stop();
    }
}
