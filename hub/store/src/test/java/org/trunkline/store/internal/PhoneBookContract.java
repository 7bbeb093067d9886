package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Entry;
import org.trunkline.store.PhoneBook.Stretch;

/** {@link PhoneBook} and the portals' notes on any database. */
abstract class PhoneBookContract extends StoreContract {

    private static final String NUMBER = "+79161234567";
    private static final String OTHER = "+79160000000";

    private JdbcPortalNotes notes;
    private PhoneBook book;

    PhoneBookContract(TestDatabase kind) {
        super(kind);
    }

    @BeforeEach
    void openBook() {
        JdbcLeases leases = new JdbcLeases(database, signals);
        notes = new JdbcPortalNotes(database, leases, clock);
        book = new JdbcPhoneBook(database, leases, notes);
    }

    @Test
    void aNoteIsKeptWithItsTimeUntilTheNextOne() {
        assertThat(notes.find("acme", "main", "users")).isEmpty();
        notes.put("acme", "main", "users", "[]");
        notes.put("acme", "main", "users", "[1]");
        notes.put("other", "main", "users", "[2]");

        assertThat(notes.find("acme", "main", "users").map(n -> n.text())).contains("[1]");
        assertThat(notes.find("acme", "main", "users").map(n -> n.writtenAt()))
                .contains(clock.instant());
    }

    @Test
    void X7_theOldestContactAndCompanyAndTheLatestLeadAreUnderANumber() {
        put(
                contact(12, NUMBER),
                contact(11, NUMBER, OTHER),
                firm(21, NUMBER),
                lead(31, true, NUMBER),
                lead(32, true, NUMBER),
                lead(33, false, NUMBER));

        Client client = find(NUMBER);

        assertThat(client.contact())
                .contains(new Client.Found(EntityKind.CONTACT, "11", "CONTACT 11", "7", true));
        assertThat(client.company().map(Client.Found::id)).contains("21");
        assertThat(client.lead().map(Client.Found::id)).contains("32");
        assertThat(find(OTHER).found()).extracting(Client.Found::id).containsExactly("11");
        assertThat(find("+79169999999")).isEqualTo(Client.UNKNOWN);
    }

    @Test
    void X7_anOpenDealOfTheCompanyGoesBeforeAClosedOneOfTheContact() {
        put(
                contact(11, NUMBER),
                firm(21, NUMBER),
                deal(41, false, Optional.of(11L), Optional.empty()),
                deal(42, true, Optional.empty(), Optional.of(21L)),
                deal(43, true, Optional.of(12L), Optional.empty()));
        assertThat(find(NUMBER).deal().map(Client.Found::id)).contains("42");

        put(deal(42, false, Optional.empty(), Optional.of(21L)));
        assertThat(find(NUMBER).deal().map(Client.Found::id)).contains("41");
    }

    @Test
    void X7_aDealIsFoundUnderEachOfItsContacts() {
        put(
                contact(11, NUMBER),
                contact(12, OTHER),
                shared(41, true, Optional.of(11L), 12L),
                deal(42, false, Optional.of(12L), Optional.empty()));
        assertThat(find(NUMBER).deal().map(Client.Found::id)).contains("41");
        assertThat(find(OTHER).deal().map(Client.Found::id)).contains("41");

        put(shared(41, false, Optional.of(11L), 12L));
        assertThat(find(OTHER).deal().map(Client.Found::id)).as("the latest").contains("42");
        put(deal(41, true, Optional.of(11L), Optional.empty()));
        assertThat(find(OTHER).deal().map(Client.Found::id)).as("left").contains("42");

        put(shared(43, true, Optional.empty(), 12L));
        assertThat(find(OTHER).deal().map(Client.Found::id)).contains("43");
        book.fill("acme", "main", List.of(new Stretch(EntityKind.DEAL, 42, 50, List.of())), "half");
        assertThat(find(OTHER).deal().map(Client.Found::id)).contains("42");
    }

    private static Entry shared(long id, boolean open, Optional<Long> contact, Long... others) {
        return new Entry(
                EntityKind.DEAL,
                id,
                "Deal " + id,
                "7",
                open,
                Set.of(),
                contact,
                Optional.empty(),
                Set.of(others));
    }

    @Test
    void X7_whatHasNoNumberAnyMoreIsGone() {
        put(contact(11, NUMBER));
        put(contact(11));

        assertThat(find(NUMBER)).isEqualTo(Client.UNKNOWN);
        assertThat(book.size("acme", "main")).isEmpty();
    }

    @Test
    void X7_aStretchReplacesWhatWasKnownOfIt() {
        put(contact(10, NUMBER), contact(11, NUMBER), contact(15, OTHER), firm(11, NUMBER));

        book.fill(
                "acme",
                "main",
                List.of(new Stretch(EntityKind.CONTACT, 10, 15, List.of(contact(12, OTHER)))),
                "half");

        assertThat(find(OTHER).contact().map(Client.Found::id)).contains("12");
        assertThat(find(NUMBER).contact().map(Client.Found::id)).contains("10");
        assertThat(find(NUMBER).company().map(Client.Found::id)).contains("11");
        assertThat(book.progress("acme", "main")).contains("half");
        assertThat(book.size("acme", "main"))
                .isEqualTo(Map.of(EntityKind.CONTACT, 2L, EntityKind.COMPANY, 1L));
    }

    @Test
    void X7_whatWasDeletedIsForgottenAndPortalsAreKeptApart() {
        put(contact(11, NUMBER), contact(12, NUMBER));
        book.put("acme", "second", List.of(contact(11, NUMBER)));

        book.forget("acme", "main", EntityKind.CONTACT, Set.of(11L));
        assertThat(find(NUMBER).contact().map(Client.Found::id)).contains("12");

        book.clear("acme", "main", "anew");
        assertThat(find(NUMBER)).isEqualTo(Client.UNKNOWN);
        assertThat(book.progress("acme", "main")).contains("anew");
        assertThat(book.find("acme", "second", number(NUMBER)).contact()).isPresent();
        assertThat(book.find("other", "main", number(NUMBER)).contact()).isEmpty();
    }

    @Test
    void X7_thoseWithANumberInCommonAreKnown() {
        put(contact(11, NUMBER, OTHER), contact(12, OTHER), contact(13, "+79161"), firm(14, OTHER));

        assertThat(book.sharing("acme", "main", EntityKind.CONTACT, Set.of(12L)))
                .containsExactly(11L);
        assertThat(book.sharing("acme", "main", EntityKind.CONTACT, Set.of(13L))).isEmpty();
    }

    @Test
    void X7_twoWhoWriteTheSameClientAtOnceDisturbNeither() throws Exception {
        int times = 200;
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Void> writer =
                () -> {
                    for (int i = 0; i < times; i++) {
                        together.await(30, TimeUnit.SECONDS);
                        try {
                            put(contact(1000 + i, NUMBER));
                        } catch (Fault.Retryable locked) {
                            // The other one holds the row: whoever writes comes again.
                            put(contact(1000 + i, NUMBER));
                        }
                    }
                    return null;
                };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> done : threads.invokeAll(List.of(writer, writer))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(book.size("acme", "main")).isEqualTo(Map.of(EntityKind.CONTACT, 200L));
    }

    private void put(Entry... entries) {
        book.take("acme", "main", List.of(entries), "told");
    }

    private Client find(String number) {
        return book.find("acme", "main", number(number));
    }

    private static PhoneNumber number(String text) {
        return new PhoneNumber(text, text);
    }

    private static Entry contact(long id, String... numbers) {
        return entry(EntityKind.CONTACT, id, true, Optional.empty(), Optional.empty(), numbers);
    }

    private static Entry firm(long id, String... numbers) {
        return entry(EntityKind.COMPANY, id, true, Optional.empty(), Optional.empty(), numbers);
    }

    private static Entry lead(long id, boolean open, String... numbers) {
        return entry(EntityKind.LEAD, id, open, Optional.empty(), Optional.empty(), numbers);
    }

    private static Entry deal(
            long id, boolean open, Optional<Long> contact, Optional<Long> company) {
        return entry(EntityKind.DEAL, id, open, contact, company);
    }

    private static Entry entry(
            EntityKind kind,
            long id,
            boolean open,
            Optional<Long> contact,
            Optional<Long> company,
            String... numbers) {
        return new Entry(kind, id, kind + " " + id, "7", open, Set.of(numbers), contact, company);
    }
}
