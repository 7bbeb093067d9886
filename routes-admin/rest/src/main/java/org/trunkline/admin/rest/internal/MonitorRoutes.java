package org.trunkline.admin.rest.internal;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;

/**
 * Health and metrics. They have a Camel context of their own, because they answer while there is no
 * store and the other one can't start.
 */
@Component(
        service = {},
        immediate = true)
public final class MonitorRoutes {

    private final Attached routes;

    @Activate
    public MonitorRoutes(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference ServiceComponentRuntime components,
            @Reference HubHealth health,
            @Reference Metrics metrics) {
        this(
                gate,
                RoutesContext.of(bundle),
                health,
                () -> starting(gate, new OwnBundles(bundle, components)),
                metrics);
    }

    MonitorRoutes(
            HttpGate gate,
            RoutesContext context,
            HubHealth health,
            Supplier<List<String>> starting,
            Metrics metrics) {
        routes =
                new Attached(
                        gate,
                        context,
                        List.of("/health", "/metrics"),
                        new HealthRoutes(health, starting, metrics));
    }

    private static List<String> starting(HttpGate gate, OwnBundles bundles) {
        TreeSet<String> names = new TreeSet<>(gate.waiting());
        names.addAll(bundles.starting());
        return List.copyOf(names);
    }

    @Deactivate
    void stop() {
        routes.close();
    }
}
