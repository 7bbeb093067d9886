package org.trunkline.crm.bitrix24.internal;

import org.trunkline.model.Fault;
import org.trunkline.model.PortalHealth;

/** How one portal was when it was last spoken to. Thread-safe. */
final class Vitals {

    private final String company;
    private final String portal;
    private volatile PortalHealth health;

    Vitals(String company, String portal) {
        this.company = company;
        this.portal = portal;
        well();
    }

    PortalHealth health() {
        return health;
    }

    void well() {
        health = new PortalHealth(company, portal, "ok", "", "");
    }

    void retrying(String reason, String cure) {
        health = new PortalHealth(company, portal, "retrying", reason, cure);
    }

    void failed(Fault fault) {
        if (fault instanceof Fault.Auth) {
            health =
                    new PortalHealth(
                            company, portal, "unauthorized", fault.getMessage(), fault.cure());
        } else {
            retrying(fault.getMessage(), fault.cure());
        }
    }
}
