package org.trunkline.crm.amocrm.internal.directory;

import org.trunkline.model.EntityKind;
import org.trunkline.model.Portal;

/** Who is told that an entity of an account was made, changed or deleted; inside this bundle. */
public interface EntityChanges {

    /**
     * The entity is read anew within seconds, or forgotten if it is not there any more. Returns at
     * once.
     *
     * @param id the account's; what is no number is ignored
     */
    void changed(String company, Portal portal, EntityKind kind, String id);
}
