package org.trunkline.crm.amocrm.internal.install;

import java.util.Optional;
import org.trunkline.crm.connector.portal.Rejected;

/**
 * What amoCRM sends an administrator back with.
 *
 * @param state the one-time value that the hub gave
 * @param code empty: he refused
 * @param referer host of the account
 */
record Consent(
        String state, Optional<String> code, Optional<String> referer, Optional<String> clientId) {

    /** Never its code: it may end in a log. */
    @Override
    public String toString() {
        return "Consent[]";
    }

    /**
     * @throws Rejected if it is missing, which no consent does
     */
    String host() {
        return referer.orElseThrow(() -> Rejected.malformed("referer is missing, send it"));
    }
}
