package org.trunkline.crm.amocrm.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.RestRoutes;
import org.trunkline.crm.connector.ServedPortals;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.DirectoryNotes;
import org.trunkline.crm.connector.directory.OwnBook;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Measured;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.model.StepLog;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;

/** The way into amoCRM accounts by their API v4 (docs/amocrm.md). */
@Component(
        service = {CrmConnector.class, Measured.class, AccountLinks.class},
        configurationPid = "org.trunkline.amocrm",
        immediate = true)
@Designate(ocd = AmocrmConfig.class)
public final class AmocrmConnector implements CrmConnector, Measured, AccountLinks {

    /** What the integration names as its redirect address (docs/amocrm.md). */
    public static final String OAUTH = "oauth";

    private final Companies companies;
    private final Leases leases;
    private final PortalNotes notes;
    private final Clock clock;
    private final RoutesContext routes;
    private final ScheduledThreadPoolExecutor timer;
    private final PortalHttp http;
    private final ServedPortals<Account> accounts;
    private final OwnBook book;
    private volatile BookTimes bookTimes;
    private final HubAddresses addresses;
    private volatile int pace;

    @Activate
    public AmocrmConnector(
            BundleContext bundle,
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PhoneBook book,
            @Reference PortalNotes notes,
            AmocrmConfig config) {
        this(
                RoutesContext.of(bundle),
                companies,
                leases,
                book,
                notes,
                config,
                HubAddresses.ofEnvironment(AmocrmHttp.PREFIX),
                Clock.systemUTC(),
                ServedPortals.lastSentByOthers(bundle));
    }

    AmocrmConnector(
            RoutesContext routes,
            Companies companies,
            Leases leases,
            PhoneBook book,
            PortalNotes notes,
            AmocrmConfig config,
            HubAddresses addresses,
            Clock clock,
            long since) {
        this.addresses = addresses;
        this.companies = companies;
        this.leases = leases;
        this.notes = notes;
        this.clock = clock;
        this.pace = pace(config);
        this.book =
                new OwnBook(
                        book, new DirectoryNotes(companies, notes, AmocrmTokens.ACCOUNT_ID), clock);
        this.bookTimes =
                BookTimes.read(config.book_catch_up(), config.book_again(), BookTimes.USUAL);
        this.timer = new ScheduledThreadPoolExecutor(1, r -> new Thread(r, "amocrm-deadlines"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.routes =
                routes.with("https", HttpOut.component(timer, RestRoutes.SILENCE))
                        .start(new RestRoutes());
        this.http =
                new PortalHttp(
                        this.routes.camel().createProducerTemplate(),
                        "check the portal's address in the provisioning document");
        this.accounts = new ServedPortals<>(companies, leases, clock, since);
    }

    @Modified
    void modified(AmocrmConfig config) {
        pace = pace(config);
        bookTimes = BookTimes.read(config.book_catch_up(), config.book_again(), bookTimes);
        accounts.all().forEach(account -> account.pace(pace));
    }

    @Deactivate
    void stop() {
        accounts.close();
        routes.close();
        timer.shutdownNow();
    }

    @Override
    public CrmKind kind() {
        return CrmKind.AMOCRM;
    }

    @Override
    public void bring(Portal portal, String company, String call, Wanted wanted, StepLog steps) {
        OwnBook.Made made = OwnBook.Made.before(wanted, steps);
        try {
            new CallDelivery(at(company, portal), call, steps).bring(wanted);
        } finally {
            book.note(company, portal, made, steps);
        }
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number) {
        return new ClientSearch(at(company, portal), Lane.BACKLOG).byNumber(number);
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number, boolean openMatters) {
        return find(portal, company, number, openMatters, Lane.BACKLOG);
    }

    @Override
    public Client findAhead(Portal portal, String company, PhoneNumber number) {
        return find(portal, company, number, false, Lane.CARDS);
    }

    /** In this order: the popup's own reply, the phone book, the account. */
    private Client find(
            Portal portal, String company, PhoneNumber number, boolean openMatters, Lane lane) {
        Account account = at(company, portal);
        Optional<PopupReplies.Shown> shown = account.replies().of(number);
        if (shown.filter(PopupReplies.Shown::nobody).isPresent()) {
            return Client.UNKNOWN;
        }
        Optional<Entity> entity = shown.flatMap(PopupReplies.Shown::entity);
        return book.answers()
                .certain(company, portal, number, openMatters, bookTimes)
                .filter(client -> entity.isEmpty() || isOf(client, entity.get()))
                .or(() -> entity.map(e -> new ClientSearch(account, Lane.CARDS).of(e, number)))
                .orElseGet(() -> new ClientSearch(account, lane).byNumber(number));
    }

    /** Whether the book tells of the very client whom the account showed. */
    private static boolean isOf(Client client, Entity shown) {
        return client.found().stream().map(Entity::of).anyMatch(shown::equals);
    }

    @Override
    public void giveBack() {
        accounts.giveBack();
    }

    @Override
    public List<CrmUser> users(Portal portal, String company, Duration oldest) {
        return at(company, portal).users().get(oldest);
    }

    @Override
    public List<PortalHealth> health() {
        return accounts.health();
    }

    @Override
    public List<Measure> measures() {
        return accounts.measures();
    }

    @Override
    public Link link(String company, Portal portal) {
        return at(company, portal);
    }

    private Account at(String company, Portal portal) {
        Account account =
                accounts.at(
                        company,
                        portal,
                        since ->
                                new Account(
                                        company,
                                        portal,
                                        companies,
                                        leases,
                                        notes,
                                        http,
                                        addresses.of(company, portal, OAUTH),
                                        pace,
                                        since,
                                        clock));
        account.at(portal);
        return account;
    }

    private static int pace(AmocrmConfig config) {
        if (config.pace() < 1 || config.pace() > 7) {
            throw new IllegalArgumentException(
                    "pace must be 1 to 7 requests a second: give 5, which leaves others some");
        }
        return config.pace();
    }
}
