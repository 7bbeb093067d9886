package org.trunkline.crm.bitrix24.internal.events;

import org.apache.camel.RoutesBuilder;
import org.trunkline.model.Portal;

/** What portals tell by themselves; a service inside this bundle. */
public interface PortalEvents {

    /** The address that portals tell it to, below {@code /crm/bitrix24}. */
    RoutesBuilder routes();

    /**
     * Asks a portal that was connected to tell. What goes wrong is told in health, and tried again.
     */
    void bind(String company, Portal portal);
}
