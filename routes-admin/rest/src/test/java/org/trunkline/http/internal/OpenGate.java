package org.trunkline.http.internal;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** The real gate outside OSGi, on a free port. */
public final class OpenGate implements AutoCloseable {

    private final JettyGate gate;

    public OpenGate(Path data, HttpConfig config) {
        gate = new JettyGate(bundle(data), config);
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

    /** All that the gate asks of OSGi is where the data lies. */
    private static BundleContext bundle(Path data) {
        return (BundleContext)
                Proxy.newProxyInstance(
                        OpenGate.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getProperty")
                                                && "trunkline.data".equals(arguments[0])
                                        ? data.toString()
                                        : null);
    }
}
