package org.trunkline.crm.amocrm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.Client;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;

/**
 * What the hub made of numbers lately, and one maker at a time for a number. Two calls of one
 * stranger at once were both looked up before either made him: the second takes what the first
 * made. Thread-safe.
 */
final class MadeLately {

    /** Longer than the longest time between a look-up and what it leads to, one call's talk. */
    private static final Duration REMEMBERED = Duration.ofHours(4);

    /** A request of somebody else of this number, and some. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Instant since;
    private final ReentrantLock[] locks = new ReentrantLock[64];
    private final Map<String, Made> byNumber =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > MOST;
                }
            };

    /**
     * @param since when this process began to write for the account
     */
    MadeLately(Clock clock, Instant since) {
        this.clock = clock;
        this.since = since;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    private record Made(List<Entity> entities, Instant at) {}

    /**
     * Runs what may make something of a number.
     *
     * @throws Fault.Retryable if somebody else is at it for too long
     */
    void alone(PhoneNumber number, Runnable deed) {
        ReentrantLock lock = locks[Math.floorMod(number.value().hashCode(), locks.length)];
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            deed.run();
        } finally {
            lock.unlock();
        }
    }

    private static Fault busy() {
        return new Fault.Retryable(
                "another call of this number is being written", Duration.ofSeconds(1));
    }

    /**
     * A deal and perhaps a contact that another call made.
     *
     * @param client whom this call's look-up found; who has what was made is past that
     */
    synchronized Optional<List<Entity>> of(PhoneNumber number, Client client) {
        return Optional.ofNullable(byNumber.get(number.value()))
                .filter(made -> made.at().plus(REMEMBERED).isAfter(clock.instant()))
                .map(Made::entities)
                .filter(all -> client.deal().map(Entity::of).filter(all::contains).isEmpty());
    }

    /** Whether another process may have made something of a call that began then. */
    boolean isYoungerThan(Instant began) {
        return since.isAfter(began);
    }

    synchronized void note(PhoneNumber number, List<Entity> entities) {
        if (!entities.isEmpty()) {
            byNumber.put(number.value(), new Made(entities, clock.instant()));
        }
    }

    /** It is not there any more. */
    synchronized void forget(PhoneNumber number) {
        byNumber.remove(number.value());
    }
}
