package org.trunkline.pbx.t2.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingSource;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.SpeechTexts;
import org.trunkline.runtime.VendorApi;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/** Keeps one {@link Poller} an account of kind {@code t2}, in step with the provisioning. */
public final class T2Accounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(T2Accounts.class);

    private static final int THREADS = 4;

    /** Between two bytes. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** Texts of talks are asked for one by one. */
    private static final int TEXTS_A_LOOK = 10;

    private final Calls calls;
    private final Companies companies;
    private final Leases leases;
    private final Clock clock;
    private final Pace pace;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledThreadPoolExecutor polls;
    private final RoutesContext routes;
    private final ProducerTemplate template;
    private final VendorApi api = new VendorApi();
    private final Map<Site, Poller> running = new ConcurrentHashMap<>();
    private final Subscription provisioning;

    /**
     * @param routes not started yet
     */
    public T2Accounts(
            RoutesContext routes,
            Journal journal,
            Calls calls,
            Companies companies,
            Leases leases,
            Clock clock,
            Pace pace) {
        this.calls = calls;
        this.companies = companies;
        this.leases = leases;
        this.clock = clock;
        this.pace = pace;
        timer = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "t2-deadlines"));
        timer.setRemoveOnCancelPolicy(true);
        polls = new ScheduledThreadPoolExecutor(THREADS, task -> new Thread(task, "t2-polls"));
        polls.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.routes =
                routes.with("journal", new JournalComponent(journal))
                        .with("https", HttpOut.component(timer, SILENCE))
                        .start(
                                api,
                                new T2Routes(),
                                new SpeechTexts(
                                        PbxKind.T2,
                                        companies,
                                        calls,
                                        leases,
                                        clock,
                                        TEXTS_A_LOOK,
                                        this::texts));
        template = routes.camel().createProducerTemplate();
        provisioning = companies.onChange(() -> polls.execute(this::follow));
        polls.execute(this::follow);
    }

    private synchronized void follow() {
        Map<String, Site> wanted = new HashMap<>();
        for (Company company : companies.all()) {
            for (PbxAccount account : company.pbx()) {
                if (account.kind() == PbxKind.T2) {
                    // Portals and integrations of the company are nothing to a poll.
                    Company bare =
                            new Company(
                                    company.id(),
                                    "",
                                    company.region(),
                                    List.of(),
                                    List.of(),
                                    List.of());
                    wanted.put(company.id() + "/" + account.id(), new Site(bare, account));
                }
            }
        }
        Set<Site> sites = new HashSet<>(wanted.values());
        running.keySet().removeIf(site -> !sites.contains(site));
        sites.stream()
                .filter(site -> !running.containsKey(site))
                .forEach(
                        site -> {
                            Poller poller = poller(site);
                            running.put(site, poller);
                            next(site, poller, Duration.ZERO);
                        });
    }

    private Poller poller(Site site) {
        Rest rest = new Rest(api);
        Tokens tokens =
                new Tokens(
                        companies,
                        site.company().id(),
                        site.account(),
                        rest,
                        T2Client.renewal(site.account()),
                        pace.refused(),
                        clock);
        T2Client client = new T2Client(site.account(), rest, tokens);
        return new Poller(site, client, calls, leases, this::tell, pace, clock);
    }

    private void next(Site site, Poller poller, Duration pause) {
        if (!polls.isShutdown()) {
            polls.schedule(() -> poll(site, poller), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A poller that was replaced or withdrawn ends by not being scheduled again. */
    private void poll(Site site, Poller poller) {
        if (running.get(site) == poller) {
            next(site, poller, poller.poll());
        }
    }

    private Map<String, String> texts(
            Company company, PbxAccount account, List<Recording> recordings) {
        T2Client client = client(company.id(), account.id());
        Map<String, String> texts = new HashMap<>();
        for (Recording recording : recordings) {
            client.words(recording.id()).ifPresent(words -> texts.put(recording.id(), words));
        }
        return texts;
    }

    /** See {@link RecordingSource#fetch}. */
    public void fetch(String company, PbxAccount account, Recording recording, Path file) {
        client(company, account.id()).save(recording.id(), file);
    }

    private T2Client client(String company, String account) {
        return running.entrySet().stream()
                .filter(each -> each.getKey().company().id().equals(company))
                .filter(each -> each.getKey().account().id().equals(account))
                .map(each -> each.getValue().client())
                .findFirst()
                .orElseThrow(
                        () -> new Fault.Retryable(account + " is not asked yet", Duration.ZERO));
    }

    /** Commits, or throws why not. */
    private void tell(List<CallEvent> events) {
        var done = template.request(T2Routes.TELL, exchange -> exchange.getIn().setBody(events));
        if (done.getException() instanceof RuntimeException e) {
            throw e;
        }
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException());
        }
    }

    /** One entry an account. */
    public List<PbxHealth> health() {
        return running.values().stream().map(Poller::health).toList();
    }

    /** A poll under way ends first. */
    @Override
    public void close() {
        provisioning.close();
        polls.shutdown();
        try {
            if (!polls.awaitTermination(RoutesContext.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("stopping while a poll is under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        routes.close();
        timer.shutdownNow();
    }
}
