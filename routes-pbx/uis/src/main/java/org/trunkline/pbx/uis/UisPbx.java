package org.trunkline.pbx.uis;

import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.CallRouting;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingSource;
import org.trunkline.pbx.uis.internal.Heard;
import org.trunkline.pbx.uis.internal.InteractiveStep;
import org.trunkline.pbx.uis.internal.UisRecordings;
import org.trunkline.pbx.uis.internal.UisRoutes;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RouteQuestionRoutes;
import org.trunkline.runtime.RouteQuestions;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.UnclosedCalls;
import org.trunkline.runtime.VendorApi;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/**
 * UIS, CoMagic, CallGear, Novofon 2.0: takes the notifications that an administrator sets up there
 * with the templates of {@code config/uis}, and answers the scenario's interactive step
 * (docs/uis.md). Every hub of a database may take them: the journal is common.
 */
@Component(
        immediate = true,
        service = {PbxHealth.Source.class, RecordingSource.class})
public final class UisPbx implements PbxHealth.Source, RecordingSource {

    private static final String PREFIX = "/pbx/uis";

    /** Between two bytes. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final HttpGate gate;
    private final RoutesContext routes;
    private final Heard heard;
    private final ScheduledThreadPoolExecutor timer;
    private final UisRecordings recordings;

    @Activate
    public UisPbx(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference CallRouting routing) {
        this(gate, RoutesContext.of(bundle), journal, calls, companies, routing, Clock.systemUTC());
    }

    /** Outside OSGi; {@code routes} has not been started. */
    public UisPbx(
            HttpGate gate,
            RoutesContext routes,
            Journal journal,
            Calls calls,
            Companies companies,
            CallRouting routing,
            Clock clock) {
        this.gate = gate;
        this.heard = new Heard(companies);
        this.timer = new ScheduledThreadPoolExecutor(1, r -> new Thread(r, "uis-deadlines"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.routes =
                routes.with("journal", new JournalComponent(journal))
                        .with("https", HttpOut.component(timer, SILENCE));
        VendorApi api = new VendorApi();
        this.recordings = new UisRecordings(api);
        gate.attach(routes.camel(), PREFIX);
        routes.start(
                api,
                new UisRoutes(companies, calls, heard, clock),
                new RouteQuestionRoutes(
                        companies,
                        new RouteQuestions(
                                companies, routing, PbxKind.UIS, List.of("webhookSecret")),
                        InteractiveStep.SHAPE),
                new UnclosedCalls(PbxKind.UIS, companies, calls, clock));
        gate.ready(PREFIX);
    }

    @Deactivate
    public void stop() {
        gate.detach(PREFIX);
        routes.close();
        timer.shutdownNow();
    }

    @Override
    public List<PbxHealth> health() {
        return heard.health();
    }

    @Override
    public PbxKind kind() {
        return PbxKind.UIS;
    }

    @Override
    public void fetch(String company, PbxAccount account, Recording recording, File file) {
        recordings.save(account, recording, file.toPath());
    }
}
