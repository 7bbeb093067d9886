package org.trunkline.admin.rest.internal;

import java.time.Clock;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.admin.rest.DeliveredLinks;
import org.trunkline.admin.rest.PortalConnections;
import org.trunkline.admin.rest.PortalDirectories;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** Provisioning and reading, while the store is open. */
@Component(
        service = {},
        immediate = true)
public final class AdminRoutes {

    private final Attached routes;

    @Activate
    public AdminRoutes(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Provisioning provisioning,
            @Reference Companies companies,
            @Reference Calls calls,
            @Reference Work work,
            @Reference PortalConnections connections,
            @Reference PortalDirectories directories,
            @Reference DeliveredLinks links) {
        this(
                gate,
                RoutesContext.of(bundle),
                provisioning,
                companies,
                calls,
                work,
                connections,
                directories,
                links);
    }

    AdminRoutes(
            HttpGate gate,
            RoutesContext context,
            Provisioning provisioning,
            Companies companies,
            Calls calls,
            Work work,
            PortalConnections connections,
            PortalDirectories directories,
            DeliveredLinks links) {
        routes =
                new Attached(
                        gate,
                        context,
                        List.of("/api"),
                        new CompanyRoutes(provisioning, companies),
                        new VersionRoutes(provisioning, companies),
                        new SettingsRoutes(provisioning, companies),
                        new DryRunRoutes(provisioning, companies, calls, work, Clock.systemUTC()),
                        new PreviewRoutes(companies, calls, Clock.systemUTC()),
                        new CatalogRoutes(),
                        new CallRoutes(companies, calls, work),
                        new WorkRoutes(companies, work),
                        new PortalRoutes(companies, connections),
                        new DirectoryRoutes(companies, directories),
                        new RecordingLinkRoutes(companies, calls, links));
    }

    @Deactivate
    void stop() {
        routes.close();
    }
}
