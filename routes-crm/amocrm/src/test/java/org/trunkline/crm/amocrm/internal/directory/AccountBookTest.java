package org.trunkline.crm.amocrm.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.connector.directory.BookProgress;
import org.trunkline.crm.connector.directory.BookProgress.Mark;
import org.trunkline.crm.connector.directory.BookRecord;
import org.trunkline.crm.connector.directory.BookTimes;
import org.trunkline.crm.connector.directory.DirectoryNotes;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.internal.OpenStore;

/** Accounts whose lists are not as the documentation says: the reading of the book ends. */
class AccountBookTest {

    private static final long LONG_AGO = 1_700_000_000;
    private static final Portal PORTAL =
            new Portal(
                    "main",
                    CrmKind.AMOCRM,
                    "Head office",
                    URI.create("https://acme.amocrm.ru"),
                    true);
    private static final Company ACME =
            new Company("acme", "Acme", "RU", List.of(), List.of(PORTAL), List.of());

    /** Far more than any of these books takes: a reading that goes on and on. */
    private static final int ENDLESS = 400;

    private record Contact(long id, long changed) {}

    @TempDir Path folder;
    private OpenStore store;
    private BookRecord record;
    private AccountBook book;
    private List<Contact> contacts = List.of();
    private int asked;

    /** How many seconds after the one asked for the account begins; very low: it does not heed. */
    private long beginsAfter;

    /** Each page but the last lacks its last row, as of one that may not be shown. */
    private boolean shortPages;

    @BeforeEach
    void open() throws SQLException {
        store = new OpenStore(folder);
        record =
                new BookRecord(
                        store.book,
                        new DirectoryNotes(store.companies, store.notes, AmocrmTokens.ACCOUNT_ID));
        book =
                new AccountBook(
                        store.book,
                        record,
                        Clock.systemUTC(),
                        (lane, question) -> new Told.Given(answer(question)),
                        List::of);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void contacts(int many, LongUnaryOperator second) {
        contacts =
                LongStream.rangeClosed(1, many)
                        .mapToObj(i -> new Contact(i, LONG_AGO + second.applyAsLong(i)))
                        .toList();
    }

    private ObjectNode answer(Question question) {
        if (++asked > ENDLESS) {
            throw new AssertionError("it asks without end, now for " + question.path());
        }
        String path = URLDecoder.decode(question.path(), StandardCharsets.UTF_8);
        Map<String, String> query = new HashMap<>();
        for (String pair : path.substring(path.indexOf('?') + 1).split("&")) {
            query.put(pair.split("=")[0], pair.split("=")[1]);
        }
        long from =
                Long.parseLong(query.getOrDefault("filter[updated_at][from]", "0")) + beginsAfter;
        boolean byDate = query.containsKey("order[updated_at]");
        List<Contact> all =
                !path.startsWith("/api/v4/contacts?")
                        ? List.of()
                        : contacts.stream()
                                .filter(c -> !byDate || c.changed() >= from)
                                .sorted(
                                        byDate
                                                ? Comparator.comparing(Contact::changed)
                                                        .thenComparing(Contact::id)
                                                : Comparator.comparing(Contact::id))
                                .toList();
        int size = Integer.parseInt(query.get("limit"));
        int end = Math.min(all.size(), size * Integer.parseInt(query.get("page")));
        int begin = Math.min(all.size(), size * (Integer.parseInt(query.get("page")) - 1));
        boolean more = end < all.size();
        return page(all.subList(begin, shortPages && more && size > 1 ? end - 1 : end), more);
    }

    private static ObjectNode page(List<Contact> contacts, boolean more) {
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode rows = page.putObject("_embedded").putArray("contacts");
        for (Contact contact : contacts) {
            ObjectNode row = rows.addObject().put("id", contact.id());
            row.put("name", "C" + contact.id()).put("updated_at", contact.changed());
            row.putArray("custom_fields_values")
                    .addObject()
                    .put("field_code", "PHONE")
                    .putArray("values")
                    .addObject()
                    .put("value", "+7916%07d".formatted(contact.id()));
        }
        if (more) {
            page.putObject("_links").putObject("next").put("href", "of no use");
        }
        return page;
    }

    /** A round that just began, after changes up to that second were seen. */
    private static BookProgress seenUpTo(long second) {
        Mark mark = new Mark(Long.toString(LONG_AGO + second), Instant.now());
        return BookProgress.none(PORTAL.address().toString())
                .begin(
                        Instant.now(),
                        Map.of(EntityKind.CONTACT, 600L),
                        Map.of(EntityKind.CONTACT, mark));
    }

    private void catchUp(long second) {
        book.catchUp(ACME, PORTAL, seenUpTo(second), BookTimes.USUAL);
    }

    private long inBook() {
        return store.book.size("acme", "main").getOrDefault(EntityKind.CONTACT, 0L);
    }

    @Test
    void X7_anAccountThatDoesNotHeedTheDateIsReadWholeOnce() {
        contacts(600, i -> i);
        beginsAfter = -LONG_AGO;

        catchUp(500);

        assertThat(inBook()).isEqualTo(600);
        assertThat(asked).as("one request a page").isEqualTo(3);
        BookProgress reached = record.read("acme", PORTAL);
        assertThat(reached.caughtUpAt()).isPresent();
        assertThat(reached.marks().get(EntityKind.CONTACT).changed()).isEqualTo("1700000600");
    }

    /** The vendor does not say whether the second that is asked for belongs to the answer. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void X7_aSecondWhoseChangesFillTwoPagesIsReadWhole(long first) {
        contacts(600, i -> i < 240 || i > 260 ? i : 240);
        beginsAfter = first;

        catchUp(0);

        assertThat(inBook()).isEqualTo(600);
    }

    @Test
    void X7_whatWasChangedInOneSecondIsReadPageByPage() {
        contacts(600, i -> 5);

        catchUp(0);

        assertThat(inBook()).isEqualTo(600);
    }

    @Test
    void X7_aRoundOfPagesThatAreShorterThanTheyShouldBeEnds() {
        contacts(600, i -> i);
        shortPages = true;
        BookProgress progress = seenUpTo(600);
        while (progress.next().isPresent()) {
            book.step(ACME, PORTAL, progress, EntityKind.CONTACT);
            progress = record.read("acme", PORTAL);
        }

        assertThat(inBook()).as("all that is shown").isEqualTo(598);
    }
}
