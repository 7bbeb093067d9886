package org.trunkline.crm.bitrix24.internal.events;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.trunkline.crm.bitrix24.internal.install.PortalAccess;
import org.trunkline.model.Fault;

/**
 * Whether a portal reaches the hub (rule T5): it is asked for the vendor's test event, and that is
 * waited for. Safe for many threads.
 */
final class Reachability {

    static final String EVENT = "ONAPPTEST";

    private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

    /**
     * Blocks until the event came, or patience ends.
     *
     * @param handler address of ours
     * @throws Fault if the portal can't be asked
     */
    boolean test(PortalAccess access, String handler, Duration patience) {
        String word = UUID.randomUUID().toString();
        CountDownLatch arrival = new CountDownLatch(1);
        awaited.put(word, arrival);
        try {
            Bindings.bind(access, EVENT, handler);
            access.call("event.test", Map.of("word", word));
            return arrival.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            awaited.remove(word);
        }
    }

    void arrived(PortalEvent event) {
        event.text("QUERY.word").map(awaited::get).ifPresent(CountDownLatch::countDown);
    }
}
