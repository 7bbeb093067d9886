package org.trunkline.http.internal;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The real gate outside OSGi, on a free port. */
public final class OpenGate implements AutoCloseable {

    private final JettyGate gate;

    public OpenGate(Path data) {
        gate =
                new JettyGate(
                        new Credentials(new SecretFolder(data), Optional.empty(), Optional.empty()),
                        config());
    }

    /** As Declarative Services would make it from a cfg file that names the port alone. */
    private static HttpConfig config() {
        return (HttpConfig)
                Proxy.newProxyInstance(
                        HttpConfig.class.getClassLoader(),
                        new Class<?>[] {HttpConfig.class},
                        (proxy, method, arguments) ->
                                Map.of("port", (Object) 0)
                                        .getOrDefault(method.getName(), method.getDefaultValue()));
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
