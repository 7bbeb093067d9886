package org.trunkline.crm.amocrm.internal.directory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.amocrm.internal.AccountBinding;
import org.trunkline.crm.amocrm.internal.AmocrmConfig;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookSource;
import org.trunkline.crm.connector.directory.Chores;
import org.trunkline.crm.connector.directory.KeptDirectory;
import org.trunkline.crm.connector.directory.SetUpReader;
import org.trunkline.crm.connector.install.SingleBinding;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;

/** What the hub knows of its amoCRM accounts, kept up to date (rules T4, T15, O17, X7). */
@Component(
        service = {PortalDirectory.class, EntityChanges.class},
        configurationPid = "org.trunkline.amocrm",
        immediate = true)
public final class AmocrmDirectory extends KeptDirectory implements EntityChanges {

    private final AccountLinks links;
    private final AccountBinding binding;
    private final List<Chores.Chore> chores;

    @Activate
    public AmocrmDirectory(
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PortalNotes notes,
            @Reference PhoneBook book,
            @Reference AccountLinks links,
            AmocrmConfig config) {
        this(
                new Stores(companies, leases, notes, book),
                links,
                config,
                HubAddresses.ofEnvironment(AmocrmHttp.PREFIX),
                Clock.systemUTC());
        start();
    }

    /** Looks after its accounts only when told to. */
    public AmocrmDirectory(
            Stores stores,
            AccountLinks links,
            AmocrmConfig config,
            HubAddresses addresses,
            Clock clock) {
        super(CrmKind.AMOCRM, stores, AmocrmTokens.ACCOUNT_ID, knobs(config), clock);
        this.links = links;
        this.binding = new AccountBinding(stores.companies());
        this.chores =
                List.of(
                        new TokenChore(links, clock),
                        new WebhookChore(stores.companies(), links, addresses));
    }

    private static Knobs knobs(AmocrmConfig config) {
        return new Knobs(config.synchronise_every(), config.book_catch_up(), config.book_again());
    }

    @Modified
    void modified(AmocrmConfig config) {
        changed(knobs(config));
    }

    @Override
    @Deactivate
    public void stop() {
        super.stop();
    }

    @Override
    protected List<Chores.Chore> others() {
        return chores;
    }

    @Override
    public List<String> telephonyBeside(String company, Portal portal) {
        AccountLinks.Link link = links.link(company, portal);
        return OtherTelephony.named(q -> link.ask(Lane.CARDS, q), clock().instant());
    }

    @Override
    protected SetUpReader reader(Company company, Portal portal, boolean urgent) {
        AccountLinks.Link link = links.link(company.id(), portal);
        Lane lane = urgent ? Lane.CARDS : Lane.BACKLOG;
        return (known, problems, warnings) -> {
            SetUp read = SetUp.read(question -> link.ask(lane, question));
            Vitals vitals = link.vitals();
            Optional<SingleBinding.Conflict> conflict =
                    binding.learn(company.id(), portal, link.tokens(), read.account());
            vitals.warn(
                    "binding",
                    conflict.map(SingleBinding.Conflict::reason).orElse(""),
                    conflict.map(SingleBinding.Conflict::cure).orElse(""));
            conflict.ifPresent(
                    why -> warnings.add(new Problem(Part.USERS, why.reason(), why.cure())));
            vitals.warn("admin", read.noUsers() ? SetUp.NO_USERS : "", SetUp.NO_USERS_CURE);
            Set<String> unsorted = UnsortedCheck.wanted(company, portal);
            Optional<String> off = UnsortedCheck.off(unsorted, read.account(), read.pipelineRows());
            off.ifPresent(
                    why -> warnings.add(new Problem(Part.PIPELINES, why, UnsortedCheck.CURE)));
            if (!unsorted.isEmpty()) {
                vitals.warn("unsorted", off.orElse(""), UnsortedCheck.CURE);
            }
            return read.reading();
        };
    }

    @Override
    protected BookSource source(String company, Portal portal, BookRecord record) {
        return new AccountBook(
                book(),
                record,
                clock(),
                (lane, question) -> links.link(company, portal).ask(lane, question),
                () -> known(company, portal).pipelines());
    }
}
