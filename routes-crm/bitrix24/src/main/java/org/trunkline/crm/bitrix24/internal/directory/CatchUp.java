package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.BookEdits;
import org.trunkline.crm.connector.directory.BookEdits.Wanted;
import org.trunkline.crm.connector.directory.BookProgress;
import org.trunkline.crm.connector.directory.BookProgress.Mark;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.Times;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Entry;

/**
 * Brings a filled phone book up to date with what was changed since (rule X7): by date of change,
 * and by what the portal's events or the hub itself said. All kinds travel in one request.
 */
record CatchUp(PhoneBook book, BookRecord record, Clock clock) {

    /** Entity ids a question. */
    private static final int MOST_IDS = BookRows.PAGE;

    private static final int MOST_QUESTIONS = 20;

    /** Pages a request after the first, where very much was changed. */
    private static final int MORE_PAGES = 10;

    /**
     * Reads all changes since the last time.
     *
     * @param progress of a book that was filled
     * @throws Fault if the portal could not be asked; the next run begins where this one did
     */
    void run(
            Company company,
            Portal portal,
            BookProgress progress,
            BookTimes times,
            Function<List<Question>, List<Told>> ask) {
        Instant now = clock.instant();
        Map<EntityKind, Mark> marks = new EnumMap<>(EntityKind.class);
        marks.putAll(progress.marks());
        Map<EntityKind, Set<Long>> touched = new EnumMap<>(EntityKind.class);
        List<EntityKind> kinds = List.copyOf(progress.marks().keySet());
        List<Told> first =
                ask.apply(kinds.stream().map(k -> since(k, progress, 0, 1).get(0)).toList());
        for (int i = 0; i < kinds.size(); i++) {
            EntityKind kind = kinds.get(i);
            List<Told> told = List.of(first.get(i));
            while (!told.isEmpty()) {
                long last = 0;
                boolean more = true;
                for (int page = 0; page < told.size() && more; page++) {
                    JsonNode rows = told.get(page).value();
                    take(company, portal, kind, rows, touched);
                    rows.forEach(row -> marks.computeIfPresent(kind, (k, m) -> later(m, row, now)));
                    more = rows.size() == BookRows.PAGE;
                    last = more ? BookRows.id(rows.path(rows.size() - 1)) : last;
                }
                told = more ? ask.apply(since(kind, progress, last, MORE_PAGES)) : List.of();
            }
        }
        look(company, portal, edits(company, portal).doubtful(touched, MOST_IDS), ask);
        record.write(company.id(), portal, progress.caughtUp(now, marks, times));
    }

    private void take(
            Company company,
            Portal portal,
            EntityKind kind,
            JsonNode rows,
            Map<EntityKind, Set<Long>> touched) {
        List<Entry> entries = BookRows.entries(kind, rows, company.region());
        book.put(company.id(), portal.id(), entries);
        entries.forEach(e -> touched.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(e.id()));
    }

    private static List<Question> since(
            EntityKind kind, BookProgress progress, long after, int pages) {
        Mark mark = progress.marks().get(kind);
        Map<String, Object> filter = new LinkedHashMap<>();
        if (!mark.changed().isEmpty()) {
            boolean settled = progress.settled(kind);
            filter.put(
                    settled ? ">DATE_MODIFY" : ">=DATE_MODIFY",
                    settled ? mark.changed() : earlier(mark.changed()));
        }
        return BookRows.chain(kind, filter, after, pages);
    }

    private static String earlier(String changed) {
        try {
            return Times.iso(OffsetDateTime.parse(changed).minus(BookProgress.OVERLAP));
        } catch (DateTimeException e) {
            throw new Fault.Data(
                    "DATE_MODIFY '" + changed + "' is no time",
                    "report this with the portal's version");
        }
    }

    private static Mark later(Mark mark, JsonNode row, Instant now) {
        String changed = row.path("DATE_MODIFY").asText("");
        if (changed.isEmpty()) {
            return mark;
        }
        boolean later =
                mark.changed().isEmpty()
                        || OffsetDateTime.parse(changed)
                                .isAfter(OffsetDateTime.parse(mark.changed()));
        return later ? new Mark(changed, now) : mark;
    }

    private BookEdits edits(Company company, Portal portal) {
        return new BookEdits(book, company.id(), portal.id());
    }

    /** Reads these as they are now; those that the portal does not show are gone. */
    void look(
            Company company,
            Portal portal,
            Map<EntityKind, Set<Long>> these,
            Function<List<Question>, List<Told>> ask) {
        List<Wanted> wanted = BookEdits.parts(these, MOST_IDS);
        for (int i = 0; i < wanted.size(); i += MOST_QUESTIONS) {
            List<Wanted> some = wanted.subList(i, Math.min(wanted.size(), i + MOST_QUESTIONS));
            List<Told> told =
                    ask.apply(
                            some.stream()
                                    .map(w -> BookRows.page(w.kind(), Map.of("@ID", w.ids())))
                                    .toList());
            for (int j = 0; j < some.size(); j++) {
                Wanted part = some.get(j);
                edits(company, portal)
                        .seen(
                                part,
                                BookRows.entries(
                                        part.kind(), told.get(j).value(), company.region()));
            }
        }
    }
}
