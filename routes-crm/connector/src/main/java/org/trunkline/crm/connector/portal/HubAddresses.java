package org.trunkline.crm.connector.portal;

import java.util.Optional;
import org.trunkline.model.Portal;

/**
 * The hub's own addresses for the portals of one kind of CRM.
 *
 * @param publicUrl where the hub is seen from outside
 * @param prefix of all paths that these portals call
 */
public record HubAddresses(Optional<String> publicUrl, String prefix) {

    public HubAddresses {
        publicUrl =
                publicUrl
                        .map(url -> url.strip().replaceAll("/+$", ""))
                        .filter(url -> !url.isEmpty());
    }

    public static HubAddresses ofEnvironment(String prefix) {
        return new HubAddresses(Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL")), prefix);
    }

    /** Whether the hub knows where it is seen. */
    public boolean known() {
        return publicUrl.isPresent();
    }

    /** An address of ours; only its path while the hub does not know where it is seen. */
    public String of(String company, Portal portal, String what) {
        return publicUrl.orElse("") + path(company, portal, what);
    }

    /** The path alone. */
    public String path(String company, Portal portal, String what) {
        return prefix + "/" + company + "/" + portal.id() + "/" + what;
    }
}
