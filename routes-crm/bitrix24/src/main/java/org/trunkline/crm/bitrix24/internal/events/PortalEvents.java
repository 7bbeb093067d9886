package org.trunkline.crm.bitrix24.internal.events;

import java.util.Optional;
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

    /** Where a portal tells them; empty: into a queue of its own that the hub asks. */
    Optional<String> handler(String company, Portal portal);

    /**
     * Whether a portal reaches its {@link #handler}. Blocks up to ten seconds.
     *
     * @throws org.trunkline.model.Fault if the portal can't be asked
     */
    boolean reachesHub(String company, Portal portal);
}
