package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** A change is dated when it begins and seen when it is committed. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** So long after the mark was seen nothing that was dated before it is still to come. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private static final int MOST_IDS = 50;

    /**
     * Of what was changed, so many go before all else: after an outage hundreds of calls would ask
     * one by one for what these pages tell of all of them.
     */
    private static final int PAGES_AT_ONCE = 2;

    @Override
    public boolean step(Company company, Portal portal, BookProgress progress) {
        if (progress.began().isEmpty()) {
            record.write(company.id(), portal, begun(progress));
            return true;
        }
        if (progress.next().isEmpty()) {
            record.write(company.id(), portal, progress.filled(clock.instant()));
            return false;
        }
        read(company, portal, progress, progress.next().get());
        return true;
    }

    /** Where changes will be followed from is asked before the first page. */
    private BookProgress begun(BookProgress progress) {
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

    private void read(Company company, Portal portal, BookProgress progress, EntityKind kind) {
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
        boolean done = Lists.last(page);
        // Past the last page there is nothing. What the hub made just now comes back with the next
        // catch-up, and until then the account is asked.
        long upTo = done ? Long.MAX_VALUE : end;
        List<Entry> entries =
                BookRows.entries(kind, page, company.region()).stream()
                        .filter(entry -> entry.id() > so.after())
                        .toList();
        BookProgress now =
                progress.with(
                        kind, new BookProgress.Stretch(upTo, so.last(), done, so.pages() + 1));
        book.fill(
                company.id(),
                portal.id(),
                List.of(new Stretch(kind, so.after(), upTo, entries)),
                record.written(now));
    }

    @Override
    public void catchUp(Company company, Portal portal, BookProgress progress, BookTimes times) {
        Instant now = clock.instant();
        BookEdits edits = new BookEdits(book, company.id(), portal.id());
        Map<EntityKind, Mark> marks = new EnumMap<>(EntityKind.class);
        marks.putAll(progress.marks());
        Map<EntityKind, Set<Long>> touched = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : List.copyOf(marks.keySet())) {
            JsonNode page;
            int number = 0;
            do {
                page =
                        ask.apply(
                                        number < PAGES_AT_ONCE ? Lane.CARDS : Lane.BACKLOG,
                                        BookRows.page(kind, ++number, since(kind, progress)))
                                .value();
                List<Entry> entries = BookRows.entries(kind, page, company.region());
                edits.put(entries);
                edits.forget(kind, BookRows.over(kind, page));
                entries.forEach(
                        e -> touched.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(e.id()));
                Lists.rows(page)
                        .forEach(row -> marks.computeIfPresent(kind, (k, m) -> later(m, row, now)));
            } while (!Lists.last(page));
        }
        look(company, portal, edits.doubtful(touched, MOST_IDS));
        record.write(company.id(), portal, progress.caughtUp(now, marks, times));
    }

    private static List<String> since(EntityKind kind, BookProgress progress) {
        Mark mark = progress.marks().get(kind);
        if (mark.changed().isEmpty()) {
            return List.of();
        }
        boolean settled =
                progress.caughtUpAt().filter(mark.seenAt().plus(SETTLED)::isBefore).isPresent();
        long changed = Long.parseLong(mark.changed());
        long from = settled ? changed + 1 : changed - OVERLAP.toSeconds();
        return List.of("filter[updated_at][from]", Long.toString(from));
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
