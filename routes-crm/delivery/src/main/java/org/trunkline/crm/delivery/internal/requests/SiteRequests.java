package org.trunkline.crm.delivery.internal.requests;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.crm.delivery.internal.Connectors;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/** The routes below {@code /crm/requests}, while gate and store are there. */
@Component(
        service = {},
        immediate = true)
public final class SiteRequests {

    private static final Logger LOG = LoggerFactory.getLogger(SiteRequests.class);

    /** Commands to PBXs in hand at once: one that hangs keeps no other back. */
    private static final int AT_ONCE = 16;

    private final HttpGate gate;
    private final RoutesContext context;
    private final ExecutorService behind;

    @Activate
    public SiteRequests(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Connectors connectors,
            @Reference Controls controls,
            @Reference Leases leases) {
        this(
                gate,
                RoutesContext.of(bundle),
                journal,
                calls,
                companies,
                connectors::owner,
                controls,
                leases,
                Clock.systemUTC());
    }

    /** Outside OSGi. */
    public SiteRequests(
            HttpGate gate,
            RoutesContext context,
            Journal journal,
            Calls calls,
            Companies companies,
            CallbackAttempts.Asking asking,
            Controls controls,
            Leases leases,
            Clock clock) {
        this.gate = gate;
        this.context = context;
        this.behind = Executors.newFixedThreadPool(AT_ONCE, SiteRequests::daemon);
        CallbackAttempts attempts =
                new CallbackAttempts(journal, calls, new Commands(controls), behind, clock);
        gate.attach(context.camel(), SiteRoutes.PREFIX);
        context.start(new SiteRoutes(companies, leases, new SiteIntake(attempts, asking, clock)));
        gate.ready(SiteRoutes.PREFIX);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "site-requests");
        thread.setDaemon(true);
        return thread;
    }

    @Deactivate
    public void stop() {
        gate.detach(SiteRoutes.PREFIX);
        context.close();
        behind.shutdown();
        try {
            if (!behind.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("Stopped while a PBX was being asked; the attempt is followed by another");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
