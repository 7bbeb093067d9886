package org.trunkline.crm.bitrix24.internal.install;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.events.PortalEvents;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/**
 * The hub's own addresses for one portal, and the portal's promise to tell there when the
 * application is removed, and what else it tells.
 */
final class Handlers {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private final Portals portals;
    private final PortalEvents events;
    private final HubAddresses addresses;

    Handlers(Portals portals, PortalEvents events, HubAddresses addresses) {
        this.portals = portals;
        this.events = events;
        this.addresses = addresses;
    }

    HubAddresses addresses() {
        return addresses;
    }

    /**
     * Asks the portal to tell of the application's removal. What goes wrong is only told: without
     * it a removal shows itself at the next request, which the portal then refuses.
     */
    void bind(String company, Portal portal) {
        bindRemoval(company, portal);
        events.bind(company, portal);
    }

    /** The way from the portal to the hub. */
    PortalCheck.Reach reach(String company, Portal portal) {
        return new PortalCheck.Reach() {
            @Override
            public Optional<String> address() {
                return events.handler(company, portal);
            }

            @Override
            public boolean tried() {
                return events.reachesHub(company, portal);
            }
        };
    }

    private void bindRemoval(String company, Portal portal) {
        if (!addresses.known()) {
            LOG.warn(
                    "Portal {}/{} can't tell when the application is removed: set"
                            + " TRUNKLINE_PUBLIC_URL",
                    company,
                    portal.id());
            return;
        }
        try {
            String handler = addresses.of(company, portal, "install");
            portals.at(company, portal)
                    .call("event.bind", Map.of("event", "ONAPPUNINSTALL", "handler", handler));
        } catch (Fault told) {
            if (told instanceof Fault.Data && told.getMessage().contains("already binded")) {
                return;
            }
            LOG.warn(
                    "Portal {}/{} does not promise to tell when the application is removed: {} {}",
                    company,
                    portal.id(),
                    told.getMessage(),
                    told.cure());
        }
    }
}
