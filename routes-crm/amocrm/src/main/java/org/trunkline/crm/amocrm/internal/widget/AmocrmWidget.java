package org.trunkline.crm.amocrm.internal.widget;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.begin.ClickedCalls;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/** The hub's side of the widget in amoCRM's pages (rules T17, T18, O20). */
@Component(service = AmocrmWidget.class)
public final class AmocrmWidget {

    private static final Logger LOG = LoggerFactory.getLogger(AmocrmWidget.class);

    /** Commands to PBXs in hand at once: one that hangs keeps no other back. */
    private static final int AT_ONCE = 16;

    private final WidgetRoutes routes;
    private final ExecutorService behind;

    @Activate
    public AmocrmWidget(
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Controls controls) {
        this(
                journal,
                calls,
                companies,
                controls,
                Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL"))
                        .map(String::strip)
                        .filter(url -> Origin.of(url).isPresent())
                        .map(URI::create),
                Clock.systemUTC());
    }

    /**
     * Outside OSGi.
     *
     * @param publicUrl where portals' pages reach the hub; empty: no token can be meant for it
     */
    public AmocrmWidget(
            Journal journal,
            Calls calls,
            Companies companies,
            Controls controls,
            Optional<URI> publicUrl,
            Clock clock) {
        this.behind = Executors.newFixedThreadPool(AT_ONCE, AmocrmWidget::daemon);
        ClickedCalls clicked =
                new ClickedCalls(journal, calls, new Commands(controls), behind, clock);
        this.routes =
                new WidgetRoutes(
                        companies,
                        new Door(companies, publicUrl, clock),
                        new WidgetCalls(clicked, calls, clock));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "amocrm-widget");
        thread.setDaemon(true);
        return thread;
    }

    /** Below {@link org.trunkline.crm.amocrm.internal.AmocrmHttp#PREFIX}. */
    public RoutesBuilder routes() {
        return routes;
    }

    @Deactivate
    public void stop() {
        behind.shutdown();
        try {
            if (!behind.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("Stopped while a PBX was being asked; the call is given up by the clock");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
