package org.trunkline.crm.connector;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Measured.Measure;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/**
 * The portals that a connector speaks with. Each is made when it is first asked for, and forgotten
 * when another hub takes its company over: what that one sends is not known here.
 */
public final class ServedPortals<P extends ServedPortal> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServedPortals.class);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    /** How long a stop may wait for a store that comes back; its patience has an end. */
    private static final Duration AT_CLOSE = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LAST_TRIES = Duration.ofMillis(100);

    /** There once the hub has started; who comes later replaces another copy of the bundle. */
    private static final String STARTED = "org.apache.karaf.features.BootFinished";

    private final Companies companies;
    private final Leases leases;
    private final Clock clock;
    private final Map<Key, P> portals = new ConcurrentHashMap<>();

    /** Handed over, with tokens that are not stored yet. */
    private final Map<P, Key> leaving = new ConcurrentHashMap<>();

    private final Subscription handovers;
    private volatile Since since;

    private final ScheduledThreadPoolExecutor parting =
            new ScheduledThreadPoolExecutor(
                    1,
                    task -> {
                        Thread thread = new Thread(task, "parting-portals");
                        thread.setDaemon(true);
                        return thread;
                    });

    private record Key(String company, String portal) {}

    /**
     * From when on nobody else sends to a portal.
     *
     * @param nanos when another process may have sent last, by {@link System#nanoTime}
     * @param serving when this process began to write for the companies that it serves
     */
    public record Since(long nanos, Instant serving) {}

    /**
     * @param since when another process may have sent last, by {@link System#nanoTime}
     */
    public ServedPortals(Companies companies, Leases leases, Clock clock, long since) {
        this.companies = companies;
        this.leases = leases;
        this.clock = clock;
        this.since = new Since(since, clock.instant());
        this.parting.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.handovers = leases.onChange(this::handedOver);
    }

    /** When the former process, or the former copy of this bundle, may have sent last. */
    public static long lastSentByOthers(BundleContext bundle) {
        boolean starting = bundle.getServiceReference(STARTED) == null;
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
        return System.nanoTime() - (starting ? TimeUnit.MILLISECONDS.toNanos(uptime) : 0);
    }

    private void handedOver() {
        since = new Since(System.nanoTime(), clock.instant());
        portals.forEach(
                (key, portal) -> {
                    if (!leases.serves(key.company()) && portals.remove(key, portal)) {
                        leaving.put(portal, key);
                        parting.execute(() -> part(key, portal, true));
                    }
                });
    }

    /** The store may have been away, which is why the company was lost: it comes back. */
    private void part(Key key, P portal, boolean first) {
        if (portal.tokensKept()) {
            leaving.remove(portal);
            return;
        }
        if (first) {
            LOG.warn(
                    "New tokens of portal {}/{} can't be stored yet, and the old ones are spent",
                    key.company(),
                    key.portal());
        }
        if (!parting.isShutdown()) {
            parting.schedule(
                    () -> part(key, portal, false),
                    BETWEEN_TRIES.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** What is kept of one portal, made if need be. */
    public P at(String company, Portal portal, Function<Since, P> make) {
        return portals.computeIfAbsent(new Key(company, portal.id()), key -> make.apply(since));
    }

    public Collection<P> all() {
        return portals.values();
    }

    /** See {@link CrmConnector#giveBack}. */
    public void giveBack() {
        all().forEach(portal -> portal.courier().giveBack());
    }

    /** See {@link CrmConnector#health}. */
    public List<PortalHealth> health() {
        portals.keySet().removeIf(key -> !provisioned(key));
        return all().stream()
                .map(portal -> portal.vitals().health())
                .sorted(Comparator.comparing(PortalHealth::company).thenComparing(PortalHealth::id))
                .toList();
    }

    public List<Measure> measures() {
        return all().stream().flatMap(portal -> portal.traffic().measures().stream()).toList();
    }

    private boolean provisioned(Key key) {
        return companies
                .find(key.company())
                .flatMap(company -> company.portal(key.portal()))
                .isPresent();
    }

    /**
     * From now on nothing leaves any more. Tokens that are not stored yet would be lost with this
     * copy: they are waited for a few seconds.
     */
    @Override
    public void close() {
        handovers.close();
        all().forEach(portal -> portal.courier().close());
        if (!parting.isShutdown()) {
            Map<P, Key> last = new ConcurrentHashMap<>(leaving);
            portals.forEach((key, portal) -> last.put(portal, key));
            keep(last);
            // Not interrupted: in H2's file access that would close the whole database.
            parting.shutdown();
            last.values()
                    .forEach(
                            key ->
                                    LOG.error(
                                            "New tokens of portal {}/{} may be lost, for the store did"
                                                    + " not take them before the stop: connect the"
                                                    + " portal again if it refuses the hub",
                                            key.company(),
                                            key.portal()));
        }
    }

    /** In a thread of its own, for a store that hangs must not hold the stop up. */
    private void keep(Map<P, Key> last) {
        CountDownLatch kept = new CountDownLatch(last.size());
        for (P portal : List.copyOf(last.keySet())) {
            parting.scheduleWithFixedDelay(
                    () -> {
                        if (last.containsKey(portal) && portal.tokensKept()) {
                            last.remove(portal);
                            kept.countDown();
                        }
                    },
                    0,
                    BETWEEN_LAST_TRIES.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        try {
            kept.await(AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
