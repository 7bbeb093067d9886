package org.trunkline.sandbox.portal;

import java.time.Instant;

/** What every simulated CRM account has, whoever the vendor is. */
public interface SimulatedPortal {
    PortalClock clock();

    Faults faults();

    Ledger ledger();

    /** All access tokens end now. */
    void expireTokens();

    /** The authorisation ends now: no token is good for anything any more. */
    void revokeTokens();

    default Instant now() {
        return clock().now();
    }
}
