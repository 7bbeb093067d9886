package org.trunkline.admin.rest;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.model.CrmKind;
import org.trunkline.model.PortalDirectory;

/** What is known of portals' set-up, by kind of CRM, as the connectors' bundles come and go. */
@Component(service = PortalDirectories.class)
public final class PortalDirectories {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PortalDirectory> kinds = List.of();

    /** For Declarative Services. */
    @Activate
    public PortalDirectories() {}

    /** Outside OSGi, where nothing comes and goes. */
    public PortalDirectories(List<PortalDirectory> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Empty: nothing is read from portals of this kind, or the bundle does not run. */
    public Optional<PortalDirectory> of(CrmKind kind) {
        return kinds.stream().filter(directory -> directory.kind() == kind).findFirst();
    }
}
