package org.trunkline.crm.connector.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.internal.OpenStore;

/** What stands in a book that nobody looks after any more, before the real store on H2. */
class BookChoreTest {

    private static final String ACME =
            """
            {"name":"Acme","region":"RU",
             "portals":[{"id":"main","kind":"bitrix24","address":"https://acme.example","main":true,
                         "auth":{"accessToken":"a","refreshToken":"r","memberId":"m1"}}]}""";
    private static final BookTimes OFF = new BookTimes(Duration.ZERO, Duration.ofHours(1));

    @TempDir Path folder;

    private final CompanyDocument.Outcome read =
            CompanyDocument.read("acme", Json.tree(ACME), Map.of(), Set.of());
    private final Company company = read.company();
    private final Portal portal = company.portals().get(0);
    private OpenStore store;
    private BookRecord record;

    @BeforeEach
    void open() throws SQLException {
        assertThat(read.faults()).isEmpty();
        store = new OpenStore(folder);
        store.companies.put(company, Json.tree("{}"), read.secrets(), "test");
        record =
                new BookRecord(
                        store.book,
                        new DirectoryNotes(store.companies, store.notes, "auth/memberId"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A contact under the number, read from a portal of that identity. */
    private void filledFrom(String identity) {
        PhoneBook.Entry anna =
                new PhoneBook.Entry(
                        EntityKind.CONTACT,
                        1,
                        "Anna",
                        "7",
                        true,
                        Set.of("+79161234567"),
                        Optional.empty(),
                        Optional.empty());
        BookProgress progress = BookProgress.none(identity).filled(Clock.systemUTC().instant());
        store.book.take("acme", "main", List.of(anna), record.written(progress));
        assertThat(found().known()).isTrue();
    }

    private Client found() {
        PhoneNumber number = PhoneNumber.read("+79161234567", "RU").orElseThrow();
        return store.book.find("acme", "main", number);
    }

    /** The portal is not asked: a step of this source would fall. */
    private Optional<Duration> runs(BookTimes times) {
        return new BookChore(
                        record, new UnaskedSource(), Clock.systemUTC(), () -> times, new Pending())
                .run(company, portal);
    }

    private static final class UnaskedSource implements BookSource {
        @Override
        public BookProgress begun(Company company, Portal portal, BookProgress progress) {
            throw new AssertionError("the portal was asked");
        }

        @Override
        public void step(Company c, Portal portal, BookProgress progress, EntityKind kind) {
            throw new AssertionError("the portal was asked");
        }

        @Override
        public void catchUp(Company c, Portal portal, BookProgress progress, BookTimes times) {
            throw new AssertionError("the portal was asked");
        }

        @Override
        public void look(Company company, Portal portal, Map<EntityKind, Set<Long>> these) {
            throw new AssertionError("the portal was asked");
        }
    }

    @Test
    void X7_aBookThatIsSwitchedOffAnswersNothing() {
        filledFrom("m1");

        assertThat(runs(OFF)).isEmpty();

        assertThat(found().known()).isFalse();
        assertThat(runs(OFF)).as("and again").isEmpty();
    }

    @Test
    void X7_anotherPortalsBookAnswersNothingThoughBooksAreOff() {
        filledFrom("another");

        assertThat(runs(OFF)).isEmpty();

        assertThat(found().known()).isFalse();
    }
}
