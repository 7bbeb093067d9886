package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.model.Client;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.rules.Retries;

/**
 * Begins the next attempt of a callback when its time has come (rule I6): the row of the attempt
 * that failed is what waits for it, so that it outlives the hub.
 */
public final class NextAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(NextAttempts.class);

    private final CallbackAttempts attempts;
    private final Connectors connectors;
    private final Clock clock;

    public NextAttempts(CallbackAttempts attempts, Connectors connectors, Clock clock) {
        this.attempts = attempts;
        this.connectors = connectors;
        this.clock = clock;
    }

    /** Before anything is asked of the portal, which may be away. */
    void begin(Matter.Decided decided) {
        Matter matter = decided.matter();
        boolean due =
                Retries.of(matter.call(), clock.instant())
                        .filter(again -> again.isDue(clock.instant()))
                        .isPresent();
        if (due && isOf(matter)) {
            attempts.next(
                    matter.company(),
                    new CallbackAttempts.Place(matter.integration(), matter.account()),
                    matter.call(),
                    number -> responsible(matter, number));
        }
    }

    private static boolean isOf(Matter matter) {
        return FromCrm.of(matter.call())
                .filter(begun -> begun.integration().equals(matter.integration().id()))
                .isPresent();
    }

    private Optional<String> responsible(Matter matter, PhoneNumber number) {
        try {
            return connectors
                    .find(matter.portal().kind())
                    .map(crm -> crm.find(matter.portal(), matter.item().company(), number, false))
                    .flatMap(client -> client.found().stream().findFirst())
                    .map(Client.Found::responsible)
                    .filter(user -> !user.isEmpty());
        } catch (Fault unknown) {
            LOG.warn(
                    "Who is responsible for a callback can't be asked now: {}",
                    unknown.getMessage());
            return Optional.empty();
        }
    }
}
