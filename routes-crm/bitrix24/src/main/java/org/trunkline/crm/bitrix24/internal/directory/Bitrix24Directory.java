package org.trunkline.crm.bitrix24.internal.directory;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.bitrix24.internal.Bitrix24Config;
import org.trunkline.crm.connector.directory.BookProgress;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookSource;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.KeptDirectory;
import org.trunkline.crm.connector.directory.PortalReading;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.SetUpReader;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmKind;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;

/** What the hub knows of its Bitrix24 portals, kept up to date (rules T4, T6, O17, X7). */
@Component(
        service = {PortalDirectory.class, EntityChanges.class},
        configurationPid = "org.trunkline.bitrix24",
        immediate = true)
public final class Bitrix24Directory extends KeptDirectory implements EntityChanges {

    /** Name of the secret that tells a portal from all others. */
    public static final String MEMBER_ID = "memberId";

    private final PortalLinks links;
    private final LineKeeper lines;

    @Activate
    public Bitrix24Directory(
            @Reference Companies companies,
            @Reference Leases leases,
            @Reference PortalNotes notes,
            @Reference PhoneBook book,
            @Reference PortalLinks links,
            Bitrix24Config config) {
        this(new Stores(companies, leases, notes, book), links, config, Clock.systemUTC());
        start();
    }

    /** Looks after its portals only when told to. */
    public Bitrix24Directory(Stores stores, PortalLinks links, Bitrix24Config config, Clock clock) {
        super(CrmKind.BITRIX24, stores, MEMBER_ID, knobs(config), clock);
        this.links = links;
        this.lines = new LineKeeper(new LineNotes(notes()));
    }

    private static Knobs knobs(Bitrix24Config config) {
        return new Knobs(config.synchronise_every(), config.book_catch_up(), config.book_again());
    }

    @Modified
    void modified(Bitrix24Config config) {
        changed(knobs(config));
    }

    @Override
    @Deactivate
    public void stop() {
        super.stop();
    }

    @Override
    public List<String> telephonyBeside(String company, Portal portal) {
        PortalLinks.Link link = links.link(company, portal);
        return OtherTelephony.named(
                link.now(List.of(OtherTelephony.question(clock().instant()))).get(0).value());
    }

    @Override
    protected SetUpReader reader(Company company, Portal portal, boolean urgent) {
        PortalLinks.Link link = links.link(company.id(), portal);
        Function<List<Question>, List<Told>> ask = urgent ? link::now : link::inTurn;
        return (known, problems, warnings) -> {
            PortalReading reading = SetUp.read(ask, known);
            return reading.lines() instanceof Read.Whole<List<ExternalLine>> there
                    ? inStep(company, portal, reading, there.value(), ask, problems, warnings)
                    : reading;
        };
    }

    /** What was read counts, even where the lines can't be brought into step now. */
    private PortalReading inStep(
            Company company,
            Portal portal,
            PortalReading reading,
            List<ExternalLine> there,
            Function<List<Question>, List<Told>> ask,
            List<Problem> problems,
            List<Problem> warnings) {
        try {
            LineKeeper.Kept kept = lines.keep(company, portal, there, ask);
            problems.addAll(kept.problems());
            warnings.addAll(kept.warnings());
            return reading.with(kept.lines());
        } catch (Fault later) {
            problems.add(new Problem(Part.LINES, later.getMessage(), later.cure()));
            return reading;
        }
    }

    @Override
    protected BookSource source(String company, Portal portal, BookRecord record) {
        BookKeeper keeper = new BookKeeper(book(), record, clock());
        CatchUp catchUp = new CatchUp(book(), record, clock());
        return new BookSource() {
            @Override
            public BookProgress begun(Company of, Portal at, BookProgress progress) {
                return keeper.begun(progress, links.link(company, at)::inTurn);
            }

            @Override
            public void step(Company of, Portal at, BookProgress progress, EntityKind kind) {
                keeper.step(of, at, progress, kind, links.link(company, at)::inTurn);
            }

            @Override
            public void catchUp(Company of, Portal at, BookProgress progress, BookTimes times) {
                catchUp.run(of, at, progress, times, links.link(company, at)::inTurn);
            }

            @Override
            public void look(Company of, Portal at, Map<EntityKind, Set<Long>> these) {
                catchUp.look(of, at, these, links.link(company, at)::inTurn);
            }
        };
    }
}
