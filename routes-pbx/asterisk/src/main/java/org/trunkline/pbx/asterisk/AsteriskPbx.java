package org.trunkline.pbx.asterisk;

import java.time.Clock;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.asterisk.internal.AsteriskAccounts;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/**
 * Asterisk, FreePBX and MikoPBX over AMI: one route an account of kind {@code asterisk}, {@code
 * asterisk:COMPANY/ACCOUNT} to {@code journal:append}. What the PBXs ask is answered apart, by
 * {@link AsteriskQuestions} and {@link FastAgi}: this one needs neither HTTP nor the phone book,
 * and no update of theirs cuts its lines.
 */
@Component(
        immediate = true,
        service = {PbxHealth.Source.class, PbxControl.class})
public final class AsteriskPbx implements PbxHealth.Source, PbxControl {

    private final RoutesContext routes;
    private final AsteriskAccounts accounts;

    @Activate
    public AsteriskPbx(
            BundleContext bundle,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Leases leases) {
        routes = RoutesContext.of(bundle).with("journal", new JournalComponent(journal));
        routes.start();
        accounts = new AsteriskAccounts(routes, companies, calls, leases, Clock.systemUTC());
    }

    @Deactivate
    void stop() {
        accounts.close();
        routes.close();
    }

    @Override
    public PbxKind kind() {
        return PbxKind.ASTERISK;
    }

    @Override
    public void call(String company, PbxAccount account, Order order) {
        accounts.call(company, account, order);
    }

    @Override
    public List<PbxHealth> health() {
        return accounts.health();
    }
}
