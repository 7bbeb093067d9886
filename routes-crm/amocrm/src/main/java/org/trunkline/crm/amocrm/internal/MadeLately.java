package org.trunkline.crm.amocrm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.Client;
import org.trunkline.model.PhoneNumber;

/**
 * What the hub made of numbers lately. Two calls of one stranger at once were both looked up before
 * either made him: the second takes what the first made. Thread-safe.
 */
final class MadeLately {

    /** Longer than the longest time between a look-up and what it leads to, one call's talk. */
    private static final Duration REMEMBERED = Duration.ofHours(4);

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Object[] locks = new Object[64];
    private final Map<String, Made> byNumber =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > MOST;
                }
            };

    MadeLately(Clock clock) {
        this.clock = clock;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    private record Made(List<Entity> entities, Instant at) {}

    /**
     * Makes what this number gets, or takes what another call made of it.
     *
     * @param client whom this call's look-up found; who has what was made is past that
     * @param make what it makes; one at a time for a number
     * @return what another made; empty: this one did
     */
    Optional<List<Entity>> orMake(PhoneNumber number, Client client, Supplier<List<Entity>> make) {
        synchronized (locks[Math.floorMod(number.value().hashCode(), locks.length)]) {
            Optional<List<Entity>> made = of(number).filter(all -> !seen(client, all));
            if (made.isEmpty()) {
                note(number, make.get());
            }
            return made;
        }
    }

    private static boolean seen(Client client, List<Entity> made) {
        return client.deal().map(Entity::of).filter(made::contains).isPresent();
    }

    private synchronized Optional<List<Entity>> of(PhoneNumber number) {
        return Optional.ofNullable(byNumber.get(number.value()))
                .filter(made -> made.at().plus(REMEMBERED).isAfter(clock.instant()))
                .map(Made::entities);
    }

    /** It is not there any more. */
    synchronized void forget(PhoneNumber number) {
        byNumber.remove(number.value());
    }

    private synchronized void note(PhoneNumber number, List<Entity> entities) {
        if (!entities.isEmpty()) {
            byNumber.put(number.value(), new Made(entities, clock.instant()));
        }
    }
}
