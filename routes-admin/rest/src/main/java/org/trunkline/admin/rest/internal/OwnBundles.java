package org.trunkline.admin.rest.internal;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Which of the hub's own bundles do not run with all their components yet. */
final class OwnBundles {

    private static final String OURS = "trunkline-";

    private final BundleContext bundles;
    private final ServiceComponentRuntime components;

    OwnBundles(BundleContext bundles, ServiceComponentRuntime components) {
        this.bundles = bundles;
        this.components = components;
    }

    List<String> starting() {
        return Arrays.stream(bundles.getBundles())
                .filter(b -> b.getSymbolicName() != null && b.getSymbolicName().startsWith(OURS))
                .filter(b -> !runs(b))
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
    }

    private boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE
                && components.getComponentDescriptionDTOs(bundle).stream()
                        .flatMap(c -> components.getComponentConfigurationDTOs(c).stream())
                        .allMatch(
                                c ->
                                        c.state == ComponentConfigurationDTO.SATISFIED
                                                || c.state == ComponentConfigurationDTO.ACTIVE);
    }
}
