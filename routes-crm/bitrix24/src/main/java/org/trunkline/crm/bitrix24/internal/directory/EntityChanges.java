package org.trunkline.crm.bitrix24.internal.directory;

import org.trunkline.model.EntityKind;
import org.trunkline.model.Portal;

/** Who is told that an entity of a portal was made, changed or deleted; inside this bundle. */
public interface EntityChanges {

    /**
     * The entity is read anew within seconds, or forgotten if it is not there any more. Returns at
     * once. What is lost by a kill is made up for by the next catch-up, deletions by the next
     * round.
     *
     * @param id the portal's; what is no number is ignored
     */
    void changed(String company, Portal portal, EntityKind kind, String id);
}
