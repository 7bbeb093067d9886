package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.BookProgress;
import org.trunkline.crm.connector.directory.BookProgress.Mark;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookSource;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Stretch;

/**
 * Fills a portal's phone book page by page, and reads it anew in further rounds, for deletions
 * can't be seen otherwise (rule X7). Each step is one request, and what it brought is kept with how
 * far it came: a kill costs one step.
 */
record BookKeeper(PhoneBook book, BookRecord record, Clock clock) {

    /** Pages of 50 a request: some 500 rows, well below the vendor's 60 s. */
    private static final int PAGES = 10;

    /** See {@link BookSource#begun}. */
    BookProgress begun(BookProgress progress, Function<List<Question>, List<Told>> ask) {
        List<Question> questions = new ArrayList<>();
        for (EntityKind kind : BookRows.KINDS) {
            questions.add(BookRows.latest(kind, "DATE_MODIFY"));
            questions.add(BookRows.latest(kind, "ID"));
        }
        List<Told> told = ask.apply(questions);
        Instant now = clock.instant();
        Map<EntityKind, Long> last = new EnumMap<>(EntityKind.class);
        Map<EntityKind, Mark> marks = new EnumMap<>(EntityKind.class);
        for (int i = 0; i < BookRows.KINDS.size(); i++) {
            EntityKind kind = BookRows.KINDS.get(i);
            JsonNode changed = told.get(2 * i).value().path(0);
            JsonNode newest = told.get(2 * i + 1).value().path(0);
            marks.put(kind, new Mark(changed.path("DATE_MODIFY").asText(""), now));
            last.put(kind, BookRows.id(newest));
        }
        return progress.begin(now, last, marks);
    }

    /** See {@link BookSource#step}. */
    void step(
            Company company,
            Portal portal,
            BookProgress progress,
            EntityKind kind,
            Function<List<Question>, List<Told>> ask) {
        BookProgress.Stretch so = progress.stretches().get(kind);
        long left = Math.max(0, so.last() - so.after());
        int pages = (int) Math.max(1, Math.min(PAGES, left / BookRows.PAGE + 1));
        List<Told> told = ask.apply(BookRows.chain(kind, Map.of(), so.after(), pages));
        List<Stretch> stretches = new ArrayList<>();
        long after = so.after();
        boolean done = false;
        for (int i = 0; i < told.size() && !done; i++) {
            JsonNode rows = told.get(i).value();
            done = rows.size() < BookRows.PAGE;
            long end = rows.isEmpty() ? after : BookRows.id(rows.path(rows.size() - 1));
            if (end < after || !done && end == after) {
                throw new Fault.Data(
                        "the portal's list of " + kind + " does not follow its ids",
                        "report this with the portal's version");
            }
            // Past the last page there is nothing. What the hub made just now comes back with the
            // next catch-up, and until then the portal is asked.
            long upTo = done ? Long.MAX_VALUE : end;
            stretches.add(
                    new Stretch(kind, after, upTo, BookRows.entries(kind, rows, company.region())));
            after = upTo;
        }
        BookProgress now = progress.with(kind, new BookProgress.Stretch(after, so.last(), done));
        book.fill(company.id(), portal.id(), stretches, record.written(now));
    }
}
