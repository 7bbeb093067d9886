package org.trunkline.crm.bitrix24.internal.events;

import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/**
 * Whoever wants to hear that an entity of a portal was added, changed or deleted; a service inside
 * this bundle. While nobody offers it, portals are not asked to tell.
 */
public interface CrmChanges {

    /**
     * Notes it; blocks no longer than that takes. The same change may be told twice, and changes
     * may be missed: portals tell once.
     *
     * @param id the portal's
     * @throws Fault.Retryable if it can't be noted now
     */
    void changed(String company, Portal portal, EntityKind type, String id);
}
