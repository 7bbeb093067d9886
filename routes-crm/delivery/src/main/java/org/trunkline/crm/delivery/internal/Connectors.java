package org.trunkline.crm.delivery.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmKind;

/**
 * The connectors that are there now. A component of its own, so that those which are there at the
 * start are known before the first row is taken.
 */
@Component(service = Connectors.class)
public final class Connectors {

    private final Map<CrmKind, CrmConnector> byKind = new ConcurrentHashMap<>();

    @Activate
    public Connectors() {
        // Filled by the references.
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeConnector")
    void addConnector(CrmConnector connector) {
        byKind.put(connector.kind(), connector);
    }

    /** Only if it is still this one: after an update the new one may have come first. */
    void removeConnector(CrmConnector connector) {
        byKind.remove(connector.kind(), connector);
    }

    /** See {@link CrmConnector#giveBack}. */
    public void giveBack() {
        byKind.values().forEach(CrmConnector::giveBack);
    }

    Optional<CrmConnector> find(CrmKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }
}
