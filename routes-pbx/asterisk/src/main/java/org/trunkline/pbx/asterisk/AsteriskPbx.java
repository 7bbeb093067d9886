package org.trunkline.pbx.asterisk;

import java.time.Clock;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.CallRouting;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.asterisk.internal.AsteriskAccounts;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RouteQuestionRoutes;
import org.trunkline.runtime.RouteQuestions;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;

/**
 * Asterisk, FreePBX and MikoPBX over AMI: one route an account of kind {@code asterisk}, {@code
 * asterisk:COMPANY/ACCOUNT} to {@code journal:append}; and the answer to what they ask over HTTP.
 */
@Component(
        immediate = true,
        service = {PbxHealth.Source.class, PbxControl.class})
public final class AsteriskPbx implements PbxHealth.Source, PbxControl {

    private static final String PREFIX = "/pbx/asterisk";

    private final HttpGate gate;
    private final RoutesContext routes;
    private final AsteriskAccounts accounts;

    @Activate
    public AsteriskPbx(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference CallRouting routing) {
        this.gate = gate;
        routes = RoutesContext.of(bundle).with("journal", new JournalComponent(journal));
        gate.attach(routes.camel(), PREFIX);
        routes.start(new RouteQuestionRoutes(companies, questions(companies, routing)));
        gate.ready(PREFIX);
        accounts = new AsteriskAccounts(routes, companies, calls, leases, Clock.systemUTC());
    }

    /**
     * Who asks knows the secret that was given for it; an account without one has its user's, which
     * then travels as it is asked: in clear over FastAGI.
     */
    static RouteQuestions questions(Companies companies, CallRouting routing) {
        return new RouteQuestions(
                companies, routing, PbxKind.ASTERISK, List.of("webhookSecret", "secret"));
    }

    @Deactivate
    void stop() {
        gate.detach(PREFIX);
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
