package org.trunkline.crm.bitrix24.internal.events;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.begin.ClickedCalls;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/**
 * Clicks on a number (rule T17). The portal has registered the call by itself: it is never
 * registered again, and it is finished whatever comes of it.
 */
final class Clicks {

    private static final Logger LOG = LoggerFactory.getLogger(Clicks.class);

    /** Who clicked has turned to something else: his phone must not ring any more. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final ClickedCalls clicked;
    private final Portals portals;
    private final Executor behind;
    private final Clock clock;

    /**
     * @param behind runs what the portal need not wait for
     */
    Clicks(ClickedCalls clicked, Portals portals, Executor behind, Clock clock) {
        this.clicked = clicked;
        this.portals = portals;
        this.behind = behind;
        this.clock = clock;
    }

    /** Durable when this returns. */
    void take(Company company, Portal portal, PortalEvent event) {
        Optional<String> id = event.text("CALL_ID");
        Optional<String> user = event.text("USER_ID");
        Optional<String> number = event.number();
        if (id.isEmpty() || user.isEmpty() || number.isEmpty()) {
            LOG.warn("Portal {}/{} tells a click without its call", company.id(), portal.id());
            return;
        }
        ClickedCalls.Click click =
                new ClickedCalls.Click(
                        id.get(),
                        id,
                        user.get(),
                        number.get(),
                        event.text("LINE_NUMBER"),
                        event.waited(STALE, clock.instant()),
                        event.toString());
        if (clicked.take(company, portal, click).isEmpty()) {
            behind.execute(() -> finish(company, portal, id.get(), user.get()));
        }
    }

    /** No PBX is bound to the portal, so there is no work that could do it. */
    private void finish(Company company, Portal portal, String id, String user) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("CALL_ID", id);
        parameters.put("USER_ID", user);
        parameters.put("DURATION", 0);
        parameters.put("STATUS_CODE", "503");
        try {
            portals.at(company.id(), portal).call("telephony.externalCall.finish", parameters);
        } catch (Fault told) {
            LOG.warn(
                    "A click in {}/{} stays open: {}",
                    company.id(),
                    portal.id(),
                    told.getMessage());
        }
    }
}
