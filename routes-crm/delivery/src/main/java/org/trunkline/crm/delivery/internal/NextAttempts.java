package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import java.util.Optional;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.model.Call;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.Calls;

/**
 * Begins the next attempt of a callback when its time has come (rule I6): the row of the attempt
 * that failed is what waits for it, so that it outlives the hub.
 */
public final class NextAttempts {

    private final CallbackAttempts attempts;
    private final Calls calls;
    private final Connectors connectors;
    private final Clock clock;

    public NextAttempts(
            CallbackAttempts attempts, Calls calls, Connectors connectors, Clock clock) {
        this.attempts = attempts;
        this.calls = calls;
        this.connectors = connectors;
        this.clock = clock;
    }

    /**
     * Before anything is asked of the portal, which may be away. While the PBX is not heard, as
     * just after a start of the hub, the attempt waits; likewise while the client is on another
     * call, be it his own or an attempt of another request.
     */
    void begin(Matter.Decided decided) {
        Matter matter = decided.matter();
        boolean due =
                matter.again(clock.instant())
                        .filter(again -> again.isDue(clock.instant()))
                        .isPresent();
        if (due
                && isOf(matter)
                && connectors.isHeard(matter.item().company(), matter.account())
                && !isOnAnotherCall(matter.call())) {
            attempts.next(
                    matter.company(),
                    new CallbackAttempts.Place(matter.integration(), matter.account()),
                    matter.call(),
                    number -> connectors.owner(matter.item().company(), matter.portal(), number));
        }
    }

    private boolean isOnAnotherCall(Call failed) {
        return calls.open(failed.company(), failed.account()).stream()
                .filter(open -> !open.key().equals(failed.key()))
                .anyMatch(open -> number(open).equals(number(failed)));
    }

    /** However it was spelled. */
    private static Optional<String> number(Call call) {
        return call.client().map(PhoneNumber::value);
    }

    private static boolean isOf(Matter matter) {
        return FromCrm.of(matter.call())
                .filter(begun -> begun.integration().equals(matter.integration().id()))
                .isPresent();
    }
}
