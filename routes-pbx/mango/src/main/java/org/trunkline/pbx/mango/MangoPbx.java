package org.trunkline.pbx.mango;

import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingSource;
import org.trunkline.pbx.mango.internal.MangoApi;
import org.trunkline.pbx.mango.internal.MangoRoutes;
import org.trunkline.pbx.mango.internal.Senders;
import org.trunkline.pbx.mango.internal.UnclosedRoute;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.SpeechTexts;
import org.trunkline.runtime.VendorApi;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/**
 * Mango Office: takes its signed webhooks below {@code /pbx/mango} to {@code journal:append}, and
 * asks it for recordings and the texts of talks (docs/mango.md).
 */
@Component(
        immediate = true,
        service = {PbxHealth.Source.class, RecordingSource.class})
public final class MangoPbx implements PbxHealth.Source, RecordingSource {

    /** Between two bytes. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final HttpGate gate;
    private final RoutesContext context;
    private final Senders senders;
    private final MangoApi mango;
    private final ScheduledThreadPoolExecutor timer;

    @Activate
    public MangoPbx(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Leases leases) {
        this(gate, RoutesContext.of(bundle), journal, calls, companies, leases, Clock.systemUTC());
    }

    /** Outside OSGi. */
    public MangoPbx(
            HttpGate gate,
            RoutesContext context,
            Journal journal,
            Calls calls,
            Companies companies,
            Leases leases,
            Clock clock) {
        this.gate = gate;
        this.timer = new ScheduledThreadPoolExecutor(1, r -> new Thread(r, "mango-deadlines"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.context =
                context.with("journal", new JournalComponent(journal))
                        .with("https", HttpOut.component(timer, SILENCE));
        this.senders =
                new Senders(
                        companies,
                        Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL"))
                                .filter(url -> !url.isBlank()));
        gate.attach(context.camel(), MangoRoutes.PREFIX);
        VendorApi api = new VendorApi();
        mango = new MangoApi(api, companies, clock);
        context.start(
                api,
                new MangoRoutes(companies, senders, clock),
                new UnclosedRoute(companies, calls, clock),
                new SpeechTexts(
                        PbxKind.MANGO,
                        companies,
                        calls,
                        leases,
                        clock,
                        MangoApi.MOST_TEXTS,
                        mango::texts));
        gate.ready(MangoRoutes.PREFIX);
    }

    @Deactivate
    public void stop() {
        gate.detach(MangoRoutes.PREFIX);
        context.close();
        timer.shutdownNow();
    }

    @Override
    public List<PbxHealth> health() {
        return senders.health();
    }

    @Override
    public PbxKind kind() {
        return PbxKind.MANGO;
    }

    @Override
    public void fetch(String company, PbxAccount account, Recording recording, File file) {
        mango.save(company, account, recording, file.toPath());
    }
}
