package org.trunkline.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.karaf.core.OsgiDefaultCamelContext;
import org.osgi.framework.BundleContext;

/**
 * The Camel context of one bundle, with the hub's defaults: made in {@code @Activate}, closed in
 * {@code @Deactivate}. Stopping waits up to {@link #PATIENCE} for what is in flight; what did not
 * end by then still lies in the store.
 *
 * <p>Nothing is redelivered in memory: what must be tried again is tried again from the store.
 */
public final class RoutesContext implements AutoCloseable {

    /** How long a stop waits for exchanges in flight. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CamelContext camel;

    private RoutesContext(DefaultCamelContext camel, String name) {
        this.camel = camel;
        camel.getCamelContextExtension().setName(name);
        camel.getExecutorServiceManager().setThreadNamePattern(name + " ##counter# #name#");
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setTimeout(PATIENCE.toSeconds());
        camel.getShutdownStrategy().setShutdownNowOnTimeout(true);
    }

    /** A context named after the bundle that it belongs to. */
    public static RoutesContext of(BundleContext bundle) {
        return new RoutesContext(
                new OsgiDefaultCamelContext(bundle), bundle.getBundle().getSymbolicName());
    }

    /** A context outside OSGi, for tests and tools. */
    public static RoutesContext standalone(String name) {
        return new RoutesContext(new DefaultCamelContext(), name);
    }

    /**
     * Makes a component known, such as {@code with("journal", new JournalComponent(journal))}.
     *
     * @param scheme what its URIs start with
     */
    public RoutesContext with(String scheme, Component component) {
        camel.addComponent(scheme, component);
        return this;
    }

    /**
     * Starts the context with these routes.
     *
     * @throws IllegalStateException if a route cannot be built or started; all is stopped then
     */
    public RoutesContext start(RoutesBuilder... routes) {
        try {
            add(routes);
            camel.start();
            return this;
        } catch (Exception e) {
            close();
            throw new IllegalStateException(camel.getName() + " did not start: " + cause(e), e);
        }
    }

    /**
     * Swaps all routes for these, as after a change of the configuration. Exchanges in flight end
     * on the old routes first.
     *
     * @throws IllegalStateException if a route cannot be built or started
     */
    public void replace(RoutesBuilder... routes) {
        try {
            for (Route route : List.copyOf(camel.getRoutes())) {
                String id = route.getRouteId();
                camel.getRouteController().stopRoute(id, PATIENCE.toSeconds(), TimeUnit.SECONDS);
                camel.removeRoute(id);
            }
            add(routes);
        } catch (Exception e) {
            throw new IllegalStateException(
                    camel.getName() + " did not take its new routes: " + cause(e), e);
        }
    }

    /** For what this class does not offer, such as attaching HTTP paths. */
    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }

    private void add(RoutesBuilder... routes) throws Exception {
        for (RoutesBuilder each : routes) {
            camel.addRoutes(each);
        }
    }

    /** Camel wraps: the innermost message is the one that says what is wrong. */
    private static String cause(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage();
    }
}
