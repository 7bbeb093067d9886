package org.trunkline.sandbox.portal;

import java.time.Instant;

/** What every simulated CRM account has, whoever the vendor is. */
public interface SimulatedPortal {
    PortalClock clock();

    Faults faults();

    Ledger ledger();

    default Instant now() {
        return clock().now();
    }
}
