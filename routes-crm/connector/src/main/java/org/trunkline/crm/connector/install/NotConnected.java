package org.trunkline.crm.connector.install;

import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** Why a portal's work waits though nothing was refused: the hub holds no tokens of it. */
public final class NotConnected {

    private NotConnected() {}

    /**
     * How a kind of CRM is connected, for people.
     *
     * @param install what to do once the installation is open
     * @param tokens names of what to put into the provisioning document instead
     */
    public record Way(String install, String tokens) {}

    /** The reason and the cure, by what the store knows of the portal's connection. */
    public static Fault.Auth fault(Companies companies, String company, Portal portal, Way way) {
        Progress progress = new ProgressBook(companies).of(company, portal);
        if (progress.refusal().isPresent()) {
            return new Fault.Auth(
                    "the portal could not be connected: " + progress.refusal().get().reason(),
                    progress.refusal().get().cure());
        }
        String install = way.install();
        if (progress.openUntil().isPresent()) {
            return new Fault.Auth(
                    "no access token is stored; the portal may be installed until "
                            + Json.time(progress.openUntil().get()),
                    install + " before then, or open the installation again");
        }
        String open =
                "open the installation (POST /api/v1/companies/"
                        + company
                        + "/portals/"
                        + portal.id()
                        + "/installation), then "
                        + install;
        if (progress.releasedAt().isPresent()) {
            return new Fault.Auth(
                    "no access token is stored: the application was removed from the portal, or the"
                            + " portal was released, at "
                            + Json.time(progress.releasedAt().get()),
                    open + " again");
        }
        return new Fault.Auth(
                "no access token is stored",
                open + "; or put " + way.tokens() + " into the provisioning document");
    }
}
