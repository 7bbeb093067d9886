package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.model.FromCrm;
import org.trunkline.rules.Retries;

/**
 * Begins the next attempt of a callback when its time has come (rule I6): the row of the attempt
 * that failed is what waits for it, so that it outlives the hub.
 */
public final class NextAttempts {

    private final CallbackAttempts attempts;
    private final Connectors connectors;
    private final Clock clock;

    public NextAttempts(CallbackAttempts attempts, Connectors connectors, Clock clock) {
        this.attempts = attempts;
        this.connectors = connectors;
        this.clock = clock;
    }

    /**
     * Before anything is asked of the portal, which may be away. While the PBX is not heard, as
     * just after a start of the hub, the attempt waits.
     */
    void begin(Matter.Decided decided) {
        Matter matter = decided.matter();
        boolean due =
                Retries.of(matter.call(), clock.instant())
                        .filter(again -> again.isDue(clock.instant()))
                        .isPresent();
        if (due && isOf(matter) && connectors.isHeard(matter.item().company(), matter.account())) {
            attempts.next(
                    matter.company(),
                    new CallbackAttempts.Place(matter.integration(), matter.account()),
                    matter.call(),
                    number -> connectors.owner(matter.item().company(), matter.portal(), number));
        }
    }

    private static boolean isOf(Matter matter) {
        return FromCrm.of(matter.call())
                .filter(begun -> begun.integration().equals(matter.integration().id()))
                .isPresent();
    }
}
