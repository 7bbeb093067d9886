package org.trunkline.crm.delivery.internal.recordings;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.connector.recordings.Sweep;
import org.trunkline.crm.delivery.internal.Connectors;
import org.trunkline.http.HttpGate;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.RecordingPlace;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** The routes below {@code /recordings}, while gate and store are there. */
@Component(
        service = {},
        immediate = true)
public final class RecordingPlayer {

    /** Less than the idle time at which the gate lets a silent connection go. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpGate gate;
    private final RoutesContext context;
    private final FetchedRecordings fetched;
    private final Sweep sweep;

    @Activate
    public RecordingPlayer(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Companies companies,
            @Reference Calls calls,
            @Reference Connectors connectors,
            @Reference SignedLinks links) {
        this(
                gate,
                RoutesContext.of(bundle),
                companies,
                calls,
                connectors::recordings,
                links,
                Clock.systemUTC());
    }

    /** Outside OSGi. */
    public RecordingPlayer(
            HttpGate gate,
            RoutesContext context,
            Companies companies,
            Calls calls,
            BiFunction<String, PbxAccount, RecordingPlace> places,
            SignedLinks links,
            Clock clock) {
        this.gate = gate;
        this.context = context;
        this.fetched = new FetchedRecordings(clock, PATIENCE);
        gate.attach(context.camel(), SignedLinks.PREFIX);
        context.start(
                new RecordingRoutes(
                        links, new Shelf(companies, calls, places, fetched, clock), fetched));
        gate.ready(SignedLinks.PREFIX);
        // Last: what fails before it leaves no thread behind.
        this.sweep = new Sweep(clock, Sweep.USUAL);
    }

    @Deactivate
    public void stop() {
        gate.detach(SignedLinks.PREFIX);
        context.close();
        fetched.close();
        sweep.close();
    }
}
