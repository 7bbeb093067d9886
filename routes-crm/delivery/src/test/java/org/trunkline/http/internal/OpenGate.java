package org.trunkline.http.internal;

import java.nio.file.Path;
import java.util.Optional;

/** The real gate outside OSGi, on a free port. */
public final class OpenGate implements AutoCloseable {

    private final JettyGate gate;

    public OpenGate(Path data, HttpConfig config) {
        gate =
                new JettyGate(
                        new Credentials(new SecretFolder(data), Optional.empty(), Optional.empty()),
                        config);
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
