package org.trunkline.pbx.uis;

import java.time.Clock;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.uis.internal.Heard;
import org.trunkline.pbx.uis.internal.UisRoutes;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.UnclosedCalls;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/**
 * UIS, CoMagic, CallGear, Novofon 2.0: takes the notifications that an administrator sets up there
 * with the templates of {@code config/uis} (docs/uis.md). Every hub of a database may take them:
 * the journal is common.
 */
@Component(immediate = true, service = PbxHealth.Source.class)
public final class UisPbx implements PbxHealth.Source {

    private static final String PREFIX = "/pbx/uis";

    private final HttpGate gate;
    private final RoutesContext routes;
    private final Heard heard;

    @Activate
    public UisPbx(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies) {
        this(gate, RoutesContext.of(bundle), journal, calls, companies, Clock.systemUTC());
    }

    /** Outside OSGi; {@code routes} has not been started. */
    public UisPbx(
            HttpGate gate,
            RoutesContext routes,
            Journal journal,
            Calls calls,
            Companies companies,
            Clock clock) {
        this.gate = gate;
        this.heard = new Heard(companies);
        this.routes = routes.with("journal", new JournalComponent(journal));
        gate.attach(routes.camel(), PREFIX);
        routes.start(
                new UisRoutes(companies, calls, heard, clock),
                new UnclosedCalls(PbxKind.UIS, companies, calls, clock));
        gate.ready(PREFIX);
    }

    @Deactivate
    public void stop() {
        gate.detach(PREFIX);
        routes.close();
    }

    @Override
    public List<PbxHealth> health() {
        return heard.health();
    }
}
