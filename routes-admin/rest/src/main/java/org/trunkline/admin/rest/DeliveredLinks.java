package org.trunkline.admin.rest;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.model.RecordingLinks;

/** The links to recordings, as the bundle that serves them comes and goes. */
@Component(service = DeliveredLinks.class)
public final class DeliveredLinks {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile RecordingLinks links;

    /** For Declarative Services. */
    @Activate
    public DeliveredLinks() {}

    /** Outside OSGi, where nothing comes and goes. */
    public DeliveredLinks(RecordingLinks links) {
        this.links = links;
    }

    /** Empty: the bundle does not run. */
    public Optional<RecordingLinks> now() {
        return Optional.ofNullable(links);
    }
}
