package org.trunkline.pbx.asterisk.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.asterisk.internal.ami.AmiSettings;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/** Keeps one route an account of kind {@code asterisk}, in step with the provisioning. */
public final class AsteriskAccounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskAccounts.class);

    private final Companies companies;
    private final CamelContext camel;
    private final AsteriskComponent component;
    private final AmiSettings.Timing timing;
    private final Map<String, AccountSetup> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService provisioning =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task));
    private final List<Subscription> subscriptions;

    /** Begins to follow the provisioning; {@code routes} has been started. */
    public AsteriskAccounts(
            RoutesContext routes, Companies companies, Calls calls, Leases leases, Clock clock) {
        this(routes, companies, calls, leases, clock, AmiSettings.Timing.DEFAULT);
    }

    AsteriskAccounts(
            RoutesContext routes,
            Companies companies,
            Calls calls,
            Leases leases,
            Clock clock,
            AmiSettings.Timing timing) {
        this.companies = companies;
        this.timing = timing;
        this.component = new AsteriskComponent(calls, leases, clock);
        this.camel = routes.with("asterisk", component).camel();
        this.subscriptions =
                List.of(
                        companies.onChange(this::wake),
                        leases.onChange(() -> provisioning.execute(this::catchUp)));
        wake();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "asterisk-provisioning");
        thread.setDaemon(true);
        return thread;
    }

    private void wake() {
        provisioning.execute(this::follow);
    }

    /** This hub may have taken companies over. */
    private void catchUp() {
        for (AccountLink link : component.links()) {
            try {
                link.catchUp();
            } catch (Exception e) {
                LOG.warn("what was heard for another hub must wait: {}", e.getMessage());
                provisioning.schedule(this::catchUp, 1, TimeUnit.SECONDS);
                return;
            }
        }
    }

    private void follow() {
        Map<String, AccountSetup> wanted = wanted();
        for (AccountSetup setup : List.copyOf(running.values())) {
            if (!setup.equals(wanted.get(setup.name()))) {
                stop(setup);
            }
        }
        for (AccountSetup setup : wanted.values()) {
            if (!running.containsKey(setup.name())) {
                start(setup);
            }
        }
    }

    private Map<String, AccountSetup> wanted() {
        Map<String, AccountSetup> wanted = new HashMap<>();
        for (Company company : companies.all()) {
            for (PbxAccount pbx : company.pbx()) {
                if (pbx.kind() == PbxKind.ASTERISK) {
                    String secret =
                            companies.secret(company.id(), pbx.secretKey("secret")).orElse("");
                    AccountSetup setup = AccountSetup.of(company, pbx, secret, timing);
                    wanted.put(setup.name(), setup);
                }
            }
        }
        return wanted;
    }

    private void start(AccountSetup setup) {
        try {
            component.provision(setup);
            camel.addRoutes(new AsteriskRoute(setup.name()));
            running.put(setup.name(), setup);
        } catch (Exception e) {
            LOG.error("{}: cannot start its route", setup.name(), e);
        }
    }

    private void stop(AccountSetup setup) {
        String route = AsteriskRoute.id(setup.name());
        try {
            long patience = RoutesContext.PATIENCE.toSeconds();
            camel.getRouteController().stopRoute(route, patience, TimeUnit.SECONDS);
            camel.removeRoute(route);
            component.withdraw(setup.name());
            running.remove(setup.name());
        } catch (Exception e) {
            LOG.error("{}: cannot stop its route", setup.name(), e);
        }
    }

    /** One entry an account. */
    public List<PbxHealth> health() {
        List<PbxHealth> health = new ArrayList<>();
        for (AccountSetup setup : running.values()) {
            Optional<PbxHealth> link = component.link(setup.name()).map(AccountLink::health);
            link.ifPresent(health::add);
        }
        return health;
    }

    /** See {@link PbxControl#call}. */
    public void call(String company, PbxAccount account, PbxControl.Order order) {
        String name = company + "/" + account.id();
        AccountLink link =
                component
                        .link(name)
                        .orElseThrow(
                                () -> new Fault.Retryable(name + " is not started", Duration.ZERO));
        link.call(account.asterisk().orElseThrow(), order);
    }

    /** The routes themselves are stopped with their context. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        provisioning.shutdown();
        try {
            if (!provisioning.awaitTermination(
                    RoutesContext.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("stopping while a change of the provisioning is under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
