package org.trunkline.crm.bitrix24.internal;

import java.util.Map;
import org.trunkline.crm.connector.install.NotConnected;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** What a person can do about a refusal. Also in docs/bitrix24.md. */
public final class Cures {

    static final String REINSTALL =
            "the application was removed or its tokens are dead: refresh them on its page in the portal,"
                    + " or open the installation (POST /api/v1/companies/…/portals/…/installation) and"
                    + " install it in the portal again";

    static final String BLOCKED =
            "the vendor blocked this portal's REST by hand: ask Bitrix24 support to lift it";

    static final Map<String, String> OF_CODES =
            Map.of(
                    "INSUFFICIENT_SCOPE",
                    "give the application the scopes telephony, crm and user_basic in the portal",
                    "ACCESS_DENIED",
                    "the portal's plan has no REST API or is not paid: renew the plan",
                    "PAYMENT_REQUIRED",
                    "the portal's plan is not paid: renew it",
                    "INVALID_CREDENTIALS",
                    "install the application as an administrator of the portal",
                    "USER_ACCESS_ERROR",
                    "let the user who installed the application use it",
                    "WRONG_AUTH_TYPE",
                    "these are a webhook's credentials: make a local application and use its tokens",
                    "ERROR_METHOD_NOT_FOUND",
                    "install or update the telephony module of the portal",
                    "ERROR_MANIFEST_IS_NOT_AVAILABLE",
                    "update the portal's rest module",
                    "INVALID_REQUEST",
                    "give the portal's address with https",
                    "PORTAL_DELETED",
                    "the portal was deleted: remove it from the provisioning document");

    private static final NotConnected.Way WAY =
            new NotConnected.Way(
                    "install the application in the portal", "accessToken and refreshToken");

    private Cures() {}

    /** Why a portal's work waits while the hub holds no tokens of it. */
    public static Fault.Auth unconnected(Companies companies, String company, Portal portal) {
        return NotConnected.fault(companies, company, portal, WAY);
    }

    static String of(Bitrix24Refusal.Kind kind) {
        switch (kind) {
            case UNAUTHORIZED:
                return REINSTALL;
            case BLOCKED:
                return BLOCKED;
            case NO_SUCH_USER:
                return "map the employee to an active user of the portal";
            case NO_SUCH_CALL:
                return "the call was removed in the portal: drop this row";
            default:
                return "see the portal's words, correct what they name, then replay";
        }
    }
}
