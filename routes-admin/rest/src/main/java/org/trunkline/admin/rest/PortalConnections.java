package org.trunkline.admin.rest;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.model.CrmKind;
import org.trunkline.model.PortalConnection;

/** The kinds of CRM whose portals connect themselves, as their bundles come and go. */
@Component(service = PortalConnections.class)
public final class PortalConnections {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PortalConnection> kinds = List.of();

    /** For Declarative Services. */
    @Activate
    public PortalConnections() {}

    /** Outside OSGi, where nothing comes and goes. */
    public PortalConnections(List<PortalConnection> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Empty: portals of this kind don't connect themselves, or the bundle does not run. */
    public Optional<PortalConnection> of(CrmKind kind) {
        return kinds.stream().filter(connection -> connection.kind() == kind).findFirst();
    }
}
