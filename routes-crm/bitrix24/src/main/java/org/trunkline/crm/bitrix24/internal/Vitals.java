package org.trunkline.crm.bitrix24.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.PortalHealth;

/** How one portal was when it was last spoken to; each change is logged once. Thread-safe. */
final class Vitals {

    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

    private final String company;
    private final String portal;
    private PortalHealth health;
    private String warning = "";
    private String warningCure = "";

    Vitals(String company, String portal) {
        this.company = company;
        this.portal = portal;
        health = new PortalHealth(company, portal, "ok", "", "");
    }

    synchronized PortalHealth health() {
        boolean well = health.state().equals("ok");
        return well && !warning.isEmpty()
                ? new PortalHealth(company, portal, "ok", warning, warningCure)
                : health;
    }

    /** What does not work while calls do; empty: all does. */
    synchronized void warn(String reason, String cure) {
        if (!reason.equals(warning) && !reason.isEmpty()) {
            LOG.warn("Portal {}/{}: {} {}", company, portal, reason, cure);
        }
        warning = reason;
        warningCure = cure;
    }

    void well() {
        become("ok", "", "");
    }

    void retrying(String reason, String cure) {
        become("retrying", reason, cure);
    }

    void failed(Fault fault) {
        become(
                fault instanceof Fault.Auth ? "unauthorized" : "retrying",
                fault.getMessage(),
                fault.cure());
    }

    private synchronized void become(String state, String reason, String cure) {
        PortalHealth now = new PortalHealth(company, portal, state, reason, cure);
        if (now.equals(health)) {
            return;
        }
        health = now;
        if (state.equals("ok")) {
            LOG.info("Portal {}/{} is well again", company, portal);
        } else {
            LOG.warn("Portal {}/{} is {}: {} {}", company, portal, state, reason, cure);
        }
    }
}
