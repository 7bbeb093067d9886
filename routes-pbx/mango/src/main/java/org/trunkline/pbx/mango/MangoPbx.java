package org.trunkline.pbx.mango;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.PbxHealth;
import org.trunkline.pbx.mango.internal.MangoRoutes;
import org.trunkline.pbx.mango.internal.Senders;
import org.trunkline.pbx.mango.internal.UnclosedRoute;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/** Mango Office: takes its signed webhooks below {@code /pbx/mango} to {@code journal:append}. */
@Component(immediate = true, service = PbxHealth.Source.class)
public final class MangoPbx implements PbxHealth.Source {

    private final HttpGate gate;
    private final RoutesContext context;
    private final Senders senders;

    @Activate
    public MangoPbx(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies) {
        this(gate, RoutesContext.of(bundle), journal, calls, companies, Clock.systemUTC());
    }

    /** Outside OSGi. */
    public MangoPbx(
            HttpGate gate,
            RoutesContext context,
            Journal journal,
            Calls calls,
            Companies companies,
            Clock clock) {
        this.gate = gate;
        this.context = context.with("journal", new JournalComponent(journal));
        this.senders =
                new Senders(
                        companies,
                        Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL"))
                                .filter(url -> !url.isBlank()));
        gate.attach(context.camel(), MangoRoutes.PREFIX);
        context.start(
                new MangoRoutes(companies, senders, clock),
                new UnclosedRoute(companies, calls, clock));
        gate.ready(MangoRoutes.PREFIX);
    }

    @Deactivate
    public void stop() {
        gate.detach(MangoRoutes.PREFIX);
        context.close();
    }

    @Override
    public List<PbxHealth> health() {
        return senders.health();
    }
}
