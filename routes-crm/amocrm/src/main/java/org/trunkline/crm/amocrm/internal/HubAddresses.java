package org.trunkline.crm.amocrm.internal;

import java.util.Optional;
import org.trunkline.model.Portal;

/**
 * The hub's own addresses for one account.
 *
 * @param publicUrl where the hub is seen from outside, without a slash at its end
 */
public record HubAddresses(Optional<String> publicUrl) {

    public HubAddresses {
        publicUrl =
                publicUrl
                        .map(url -> url.strip().replaceAll("/+$", ""))
                        .filter(url -> !url.isEmpty());
    }

    public static HubAddresses ofEnvironment() {
        return new HubAddresses(Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL")));
    }

    /** Whether the hub knows where it is seen. */
    public boolean known() {
        return publicUrl.isPresent();
    }

    /** An address of ours; only its path while the hub does not know where it is seen. */
    public String of(String company, Portal portal, String what) {
        return publicUrl.orElse("")
                + AmocrmHttp.PREFIX
                + "/"
                + company
                + "/"
                + portal.id()
                + "/"
                + what;
    }

    /** What the integration names as its redirect address. */
    public String oauth(String company, Portal portal) {
        return of(company, portal, "oauth");
    }
}
