package org.trunkline.admin.rest.internal;

import java.util.List;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** The bundle's Camel context: provisioning, reading, health and metrics behind the gate. */
@Component(
        service = {},
        immediate = true)
public final class AdminRoutes {

    private static final List<String> PREFIXES = List.of("/api", "/health", "/metrics");

    private final HttpGate gate;
    private final RoutesContext context;

    @Activate
    public AdminRoutes(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference ServiceComponentRuntime components,
            @Reference Provisioning provisioning,
            @Reference HubHealth health,
            @Reference Metrics metrics,
            @Reference Companies companies,
            @Reference Calls calls,
            @Reference Work work) {
        this(
                gate,
                RoutesContext.of(bundle),
                new CompanyRoutes(provisioning, companies),
                new CallRoutes(companies, calls, work),
                new WorkRoutes(companies, work),
                new HealthRoutes(
                        health, () -> starting(gate, new OwnBundles(bundle, components)), metrics));
    }

    AdminRoutes(HttpGate gate, RoutesContext context, JsonRoutes... routes) {
        this.gate = gate;
        this.context = context;
        PREFIXES.forEach(prefix -> gate.attach(context.camel(), prefix));
        context.start(routes);
        PREFIXES.forEach(gate::ready);
    }

    private static List<String> starting(HttpGate gate, OwnBundles bundles) {
        TreeSet<String> names = new TreeSet<>(gate.waiting());
        names.addAll(bundles.starting());
        return List.copyOf(names);
    }

    @Deactivate
    void stop() {
        PREFIXES.forEach(gate::detach);
        context.close();
    }
}
