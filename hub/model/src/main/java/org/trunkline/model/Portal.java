package org.trunkline.model;

import java.net.URI;

/**
 * One installation of a CRM. Its tokens are not here but in the store, under {@link #secretKey}.
 *
 * @param address base address without a trailing slash
 * @param main the portal that sections without a portal of their own use (rule O1)
 */
public record Portal(String id, CrmKind kind, String name, URI address, boolean main) {

    /** Where the store keeps a part of the authorisation, such as {@code accessToken}. */
    public String secretKey(String name) {
        return "portals/" + id + "/auth/" + name;
    }
}
