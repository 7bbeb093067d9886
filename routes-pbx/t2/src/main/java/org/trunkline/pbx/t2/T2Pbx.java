package org.trunkline.pbx.t2;

import java.io.File;
import java.time.Clock;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingSource;
import org.trunkline.pbx.t2.internal.Pace;
import org.trunkline.pbx.t2.internal.T2Accounts;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/**
 * The corporate PBX of t2 (once Tele2), which tells nothing by itself: its lists of live calls are
 * asked for again and again, and its records close the calls (docs/t2.md).
 */
@Component(
        immediate = true,
        service = {PbxHealth.Source.class, RecordingSource.class})
public final class T2Pbx implements PbxHealth.Source, RecordingSource {

    private final T2Accounts accounts;

    @Activate
    public T2Pbx(
            BundleContext bundle,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Leases leases) {
        accounts =
                new T2Accounts(
                        RoutesContext.of(bundle),
                        journal,
                        calls,
                        companies,
                        leases,
                        Clock.systemUTC(),
                        Pace.USUAL);
    }

    @Deactivate
    void stop() {
        accounts.close();
    }

    @Override
    public List<PbxHealth> health() {
        return accounts.health();
    }

    @Override
    public PbxKind kind() {
        return PbxKind.T2;
    }

    @Override
    public void fetch(String company, PbxAccount account, Recording recording, File file) {
        accounts.fetch(company, account, recording, file.toPath());
    }
}
