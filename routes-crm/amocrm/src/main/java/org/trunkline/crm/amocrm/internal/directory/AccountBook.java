package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.directory.BookEdits;
import org.trunkline.crm.connector.directory.BookProgress;
import org.trunkline.crm.connector.directory.BookProgress.Mark;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookSource;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Entry;
import org.trunkline.store.PhoneBook.Stretch;

/**
 * How an account is read into its phone book (rule X7): contacts, companies and open deals by pages
 * of 250, later what was changed, by the account's own dates.
 *
 * @param ask one request
 * @param pipelines as they are known
 */
record AccountBook(
        PhoneBook book,
        BookRecord record,
        Clock clock,
        BiFunction<Lane, Question, Told> ask,
        Supplier<List<Pipeline>> pipelines)
        implements BookSource {

    private static final int MOST_IDS = 50;

    /**
     * So often a round goes back for one kind: where pages come out shorter than they should, it
     * would never end. What it then misses comes with its next change or the next round.
     */
    private static final int MOST_STEPS_BACK = 50;

    @Override
    public BookProgress begun(Company company, Portal portal, BookProgress progress) {
        Map<EntityKind, Long> last = new EnumMap<>(EntityKind.class);
        Map<EntityKind, Mark> marks = new EnumMap<>(EntityKind.class);
        Instant now = clock.instant();
        for (EntityKind kind : BookRows.KINDS) {
            String changed = latest(kind, "updated_at").path("updated_at").asText("");
            marks.put(kind, new Mark(changed, now));
            last.put(kind, latest(kind, "id").path("id").asLong());
        }
        return progress.begin(now, last, marks);
    }

    private JsonNode latest(EntityKind kind, String field) {
        JsonNode page = ask.apply(Lane.BACKLOG, BookRows.latest(kind, field)).value();
        return page.path("_embedded").path(BookRows.list(kind)).path(0);
    }

    @Override
    public void step(Company company, Portal portal, BookProgress progress, EntityKind kind) {
        BookProgress.Stretch so = progress.stretches().get(kind);
        List<String> only = kind == EntityKind.DEAL ? BookRows.open(pipelines.get()) : List.of();
        JsonNode page = ask.apply(Lane.BACKLOG, BookRows.page(kind, so.pages() + 1, only)).value();
        long end = so.after();
        long before = 0;
        for (JsonNode row : Lists.rows(page)) {
            long id = row.path("id").asLong();
            if (id <= before) {
                throw new Fault.Data(
                        "the account's list of " + BookRows.list(kind) + " does not follow its ids",
                        "report this with the account's address");
            }
            before = id;
            // What became visible since, as an accepted request, moves read ones to this page.
            end = Math.max(end, id);
        }
        if (so.pages() > 0 && so.back() < MOST_STEPS_BACK && movedUp(kind, so, only)) {
            // What stood behind them is on a page that was read before: that one comes again.
            record.write(company.id(), portal, progress.with(kind, so.steppedBack()));
            return;
        }
        boolean done = Lists.last(page);
        // Past the last page there is nothing. What the hub made just now comes back with the next
        // catch-up, and until then the account is asked.
        long upTo = done ? Long.MAX_VALUE : end;
        List<Entry> entries =
                BookRows.entries(kind, page, company.region()).stream()
                        .filter(entry -> entry.id() > so.after())
                        .toList();
        BookProgress now = progress.with(kind, so.nextPage(upTo, done));
        book.fill(
                company.id(),
                portal.id(),
                List.of(new Stretch(kind, so.after(), upTo, entries)),
                record.written(now));
    }

    /**
     * Whether entities left the pages that were read: deals that were closed, whatever was deleted.
     * Asked after the next page, so that none can do so in between.
     */
    private boolean movedUp(EntityKind kind, BookProgress.Stretch so, List<String> only) {
        Question last = BookRows.at(kind, so.pages() * Lists.PAGE, only);
        List<JsonNode> row = Lists.rows(ask.apply(Lane.BACKLOG, last).value());
        return row.isEmpty() || row.get(0).path("id").asLong() > so.after();
    }

    /** What a page brought is kept with it: after a failure the next run begins there. */
    @Override
    public void catchUp(Company company, Portal portal, BookProgress progress, BookTimes times) {
        Instant now = clock.instant();
        BookProgress reached = progress;
        for (EntityKind kind : List.copyOf(progress.marks().keySet())) {
            Optional<Long> from = since(kind, progress);
            boolean trusted = true;
            int page = 1;
            while (page > 0) {
                // Not behind the backlog: a book that is late has each call ask for itself what a
                // page tells of hundreds. One page at a time keeps a card no longer than one turn.
                JsonNode rows = ask.apply(Lane.CARDS, BookRows.changed(kind, page, from)).value();
                take(company, portal, kind, rows);
                trusted = trusted && asAsked(Lists.rows(rows), from);
                Optional<Long> next = next(Lists.rows(rows), from);
                if (Lists.last(rows)) {
                    page = 0;
                    reached = reached.reached(marks(reached, kind, rows, now));
                } else if (trusted && next.isPresent()) {
                    // Whatever is changed meanwhile goes to the end of the list: no page of it is
                    // counted across that.
                    from = next;
                    page = 1;
                    reached = reached.reached(marks(reached, kind, rows, now));
                    record.write(company.id(), portal, reached);
                } else {
                    page++;
                }
            }
        }
        record.write(company.id(), portal, reached.caughtUp(now, reached.marks(), times));
    }

    private void take(Company company, Portal portal, EntityKind kind, JsonNode page) {
        BookEdits edits = new BookEdits(book, company.id(), portal.id());
        List<Entry> entries = BookRows.entries(kind, page, company.region());
        edits.put(entries);
        edits.forget(kind, BookRows.over(kind, page));
        Set<Long> touched = new LinkedHashSet<>();
        entries.forEach(entry -> touched.add(entry.id()));
        look(company, portal, edits.doubtful(Map.of(kind, touched), MOST_IDS));
    }

    private static Optional<Long> since(EntityKind kind, BookProgress progress) {
        Mark mark = progress.marks().get(kind);
        if (mark.changed().isEmpty()) {
            return Optional.empty();
        }
        long changed = Long.parseLong(mark.changed());
        return Optional.of(
                progress.settled(kind) ? changed + 1 : changed - BookProgress.OVERLAP.toSeconds());
    }

    /** Whether a page is in the order of dates and holds none from before: some accounts do not. */
    private static boolean asAsked(List<JsonNode> rows, Optional<Long> from) {
        long latest = from.orElse(1L);
        for (JsonNode row : rows) {
            long changed = row.path("updated_at").asLong();
            if (changed < latest) {
                return false;
            }
            latest = changed;
        }
        return true;
    }

    /**
     * From when to ask on: a second before the page's last date, for the vendor does not say
     * whether the second asked for is among what it gives.
     *
     * @return empty: that is where the page was asked from
     */
    private static Optional<Long> next(List<JsonNode> rows, Optional<Long> from) {
        return rows.stream()
                .map(row -> row.path("updated_at").asLong() - 1)
                .max(Comparator.naturalOrder())
                .filter(at -> at > from.orElse(0L));
    }

    private static Map<EntityKind, Mark> marks(
            BookProgress progress, EntityKind kind, JsonNode page, Instant now) {
        Map<EntityKind, Mark> marks = new EnumMap<>(EntityKind.class);
        marks.putAll(progress.marks());
        Lists.rows(page)
                .forEach(row -> marks.computeIfPresent(kind, (k, mark) -> later(mark, row, now)));
        return marks;
    }

    private static Mark later(Mark mark, JsonNode row, Instant now) {
        long changed = row.path("updated_at").asLong();
        boolean later = mark.changed().isEmpty() || changed > Long.parseLong(mark.changed());
        return later && changed > 0 ? new Mark(Long.toString(changed), now) : mark;
    }

    @Override
    public void look(Company company, Portal portal, Map<EntityKind, Set<Long>> these) {
        BookEdits edits = new BookEdits(book, company.id(), portal.id());
        for (BookEdits.Wanted wanted : BookEdits.parts(these, MOST_IDS)) {
            Question some = BookRows.page(wanted.kind(), 1, BookRows.ids(wanted.ids()));
            JsonNode page = ask.apply(Lane.BACKLOG, some).value();
            edits.seen(wanted, BookRows.entries(wanted.kind(), page, company.region()));
        }
    }
}
