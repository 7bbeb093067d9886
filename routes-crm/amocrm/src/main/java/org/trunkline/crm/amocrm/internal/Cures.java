package org.trunkline.crm.amocrm.internal;

import org.trunkline.crm.connector.install.NotConnected;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** What a person can do about a refusal. Also in docs/amocrm.md. */
public final class Cures {

    /** The authorisation is gone. */
    public static final String RECONNECT =
            "connect the account again: open its installation (POST"
                    + " /api/v1/companies/…/portals/…/installation) and follow the address, or give a"
                    + " new longLivedToken in the provisioning document";

    /** 402. */
    public static final String UNPAID = "the account is not paid: renew it";

    /** 403 without having asked too often. */
    public static final String NO_RIGHT =
            "connect the account as an administrator: the integration may do what that user may";

    /** 403 after having asked too often. */
    public static final String BLOCKED =
            "see what else asks this account so often, or lower pace in etc/org.trunkline.amocrm.cfg;"
                    + " ask amoCRM's support if it lasts";

    /** Of data. */
    public static final String SEE = "see the account's words, correct what they name, then replay";

    private static final NotConnected.Way WAY =
            new NotConnected.Way(
                    "follow the address that it answers as an administrator of the account",
                    "longLivedToken, or accessToken and refreshToken,");

    private Cures() {}

    /** Why an account's work waits while the hub holds no tokens of it. */
    public static Fault.Auth unconnected(Companies companies, String company, Portal portal) {
        return NotConnected.fault(companies, company, portal, WAY);
    }
}
