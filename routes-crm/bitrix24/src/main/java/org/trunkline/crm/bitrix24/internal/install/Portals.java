package org.trunkline.crm.bitrix24.internal.install;

import org.trunkline.model.Portal;

/** The portals that the connector speaks with; a service inside this bundle. */
public interface Portals {

    /** What the connector keeps of one portal, made if need be. */
    PortalAccess at(String company, Portal portal);
}
