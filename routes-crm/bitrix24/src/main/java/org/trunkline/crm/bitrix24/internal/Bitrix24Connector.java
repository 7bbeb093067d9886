package org.trunkline.crm.bitrix24.internal;

import java.net.URI;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.directory.Bitrix24Directory;
import org.trunkline.crm.bitrix24.internal.directory.PortalLinks;
import org.trunkline.crm.bitrix24.internal.install.PortalAccess;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.Authorities;
import org.trunkline.crm.connector.RestRoutes;
import org.trunkline.crm.connector.ServedPortals;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.DirectoryNotes;
import org.trunkline.crm.connector.directory.OwnBook;
import org.trunkline.crm.connector.recordings.RecordingFolder;
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

/** The way into Bitrix24 portals, cloud and box, by their REST API (docs/bitrix24.md). */
@Component(
        service = {CrmConnector.class, Measured.class, Portals.class, PortalLinks.class},
        configurationPid = "org.trunkline.bitrix24",
        immediate = true)
@Designate(ocd = Bitrix24Config.class)
public final class Bitrix24Connector implements CrmConnector, Measured, Portals, PortalLinks {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Connector.class);

    private final Companies companies;
    private final Leases leases;
    private final Clock clock;
    private final RoutesContext routes;
    private final ScheduledThreadPoolExecutor timer;
    private final Rest rest;
    private final RecordingFolder folder;
    private final Authorities authorities = new Authorities();
    private final ServedPortals<Site> sites;
    private volatile Limits limits;
    private volatile URI oauth;
    private final Optional<OwnBook> book;
    private volatile BookTimes bookTimes;

    @Activate
    public Bitrix24Connector(
            BundleContext bundle,
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PhoneBook book,
            @Reference PortalNotes notes,
            Bitrix24Config config) {
        this(
                RoutesContext.of(bundle),
                companies,
                leases,
                Optional.of(
                        new OwnBook(
                                book,
                                new DirectoryNotes(companies, notes, Bitrix24Directory.MEMBER_ID),
                                Clock.systemUTC())),
                config,
                Clock.systemUTC(),
                ServedPortals.lastSentByOthers(bundle));
    }

    /** Without phone books. */
    Bitrix24Connector(
            RoutesContext routes,
            Companies companies,
            Leases leases,
            Bitrix24Config config,
            Clock clock,
            long since) {
        this(routes, companies, leases, Optional.empty(), config, clock, since);
    }

    Bitrix24Connector(
            RoutesContext routes,
            Companies companies,
            Leases leases,
            Optional<OwnBook> book,
            Bitrix24Config config,
            Clock clock,
            long since) {
        this.book = book;
        this.bookTimes = bookTimes(config, BookTimes.USUAL);
        this.companies = companies;
        this.leases = leases;
        this.clock = clock;
        this.limits = limits(config);
        this.oauth = oauth(config);
        this.timer = new ScheduledThreadPoolExecutor(1, r -> new Thread(r, "bitrix24-deadlines"));
        this.timer.setRemoveOnCancelPolicy(true);
        trust(config);
        this.routes =
                routes.with("https", HttpOut.component(timer, RestRoutes.SILENCE, authorities))
                        .start(new RestRoutes());
        this.rest = new Rest(this.routes.camel().createProducerTemplate());
        this.folder = new RecordingFolder(clock);
        this.sites = new ServedPortals<>(companies, leases, clock, since);
    }

    @Modified
    void modified(Bitrix24Config config) {
        Limits changed = limits(config);
        oauth = oauth(config);
        bookTimes = bookTimes(config, bookTimes);
        limits = changed;
        trust(config);
        sites.all().forEach(site -> site.limits(changed));
    }

    @Deactivate
    void stop() {
        sites.close();
        routes.close();
        timer.shutdownNow();
    }

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public void bring(Portal portal, String company, String call, Wanted wanted, StepLog steps) {
        OwnBook.Made made = OwnBook.Made.before(wanted, steps);
        try {
            new CallDelivery(site(company, portal), folder, call, steps).bring(wanted);
        } finally {
            book.ifPresent(own -> own.note(company, portal, made, steps));
        }
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number, boolean openMatters) {
        return book.flatMap(
                        own ->
                                own.answers()
                                        .certain(company, portal, number, openMatters, bookTimes))
                .orElseGet(() -> find(portal, company, number));
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number) {
        return new ClientSearch(site(company, portal).courier()).find(number);
    }

    @Override
    public PortalAccess at(String company, Portal portal) {
        return new SiteAccess(site(company, portal));
    }

    @Override
    public Link link(String company, Portal portal) {
        return new SiteLink(site(company, portal).courier());
    }

    @Override
    public void giveBack() {
        sites.giveBack();
    }

    @Override
    public List<CrmUser> users(Portal portal, String company, Duration oldest) {
        return site(company, portal).users().get(oldest);
    }

    @Override
    public List<PortalHealth> health() {
        return sites.health();
    }

    @Override
    public List<Measure> measures() {
        return sites.measures();
    }

    private Site site(String company, Portal portal) {
        Site site =
                sites.at(
                        company,
                        portal,
                        since ->
                                new Site(
                                        portal,
                                        company,
                                        companies,
                                        leases,
                                        rest,
                                        limits,
                                        oauth,
                                        since,
                                        clock,
                                        entity ->
                                                book.ifPresent(
                                                        own ->
                                                                own.forget(
                                                                        company,
                                                                        portal.id(),
                                                                        entity))));
        site.at(portal, oauth);
        return site;
    }

    /** A wrong file leaves what was in force. */
    private void trust(Bitrix24Config config) {
        try {
            authorities.read(config.tls_authorities());
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/org.trunkline.bitrix24.cfg: {}; portals are believed as before",
                    e.getMessage());
        }
    }

    private static BookTimes bookTimes(Bitrix24Config config, BookTimes inForce) {
        return BookTimes.read(config.book_catch_up(), config.book_again(), inForce);
    }

    private static Limits limits(Bitrix24Config config) {
        return new Limits(config.bucket_size(), config.bucket_leak());
    }

    private static URI oauth(Bitrix24Config config) {
        return URI.create(config.oauth_address().replaceAll("/+$", ""));
    }
}
