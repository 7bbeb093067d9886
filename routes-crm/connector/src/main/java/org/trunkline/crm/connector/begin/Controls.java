package org.trunkline.crm.connector.begin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;

/** The PBXs' bundles that take commands and are there now. */
@Component(service = Controls.class)
public final class Controls {

    private final Map<PbxKind, PbxControl> byKind = new ConcurrentHashMap<>();

    @Activate
    public Controls() {
        // Filled by the references.
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeControl")
    public void addControl(PbxControl control) {
        byKind.put(control.kind(), control);
    }

    /** Only if it is still this one: after an update the new one may have come first. */
    public void removeControl(PbxControl control) {
        byKind.remove(control.kind(), control);
    }

    public Optional<PbxControl> find(PbxKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }
}
