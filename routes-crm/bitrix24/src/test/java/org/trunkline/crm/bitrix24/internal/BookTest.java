package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.bitrix24.internal.directory.Bitrix24Directory;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Plans;
import org.trunkline.crm.connector.directory.DirectoryNotes;
import org.trunkline.crm.connector.directory.OwnBook;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PortalDirectory.Book;
import org.trunkline.model.PortalDirectory.BookState;
import org.trunkline.model.Settings;
import org.trunkline.runtime.RoutesContext;

/** The phone book of a simulated portal, in the real store. */
class BookTest extends DirectoryAgainstSandbox {

    private static final String NUMBER = "+79161234567";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @BeforeEach
    void withBook() {
        portal.companies.provisioned =
                Optional.of(company(List.of(), List.of(), java.util.Map.of("201", "7")));
        connector.stop();
        connector =
                new Bitrix24Connector(
                        RoutesContext.standalone("bitrix24"),
                        portal.companies,
                        leases,
                        Optional.of(
                                new OwnBook(
                                        store.book,
                                        new DirectoryNotes(
                                                portal.companies,
                                                store.notes,
                                                Bitrix24Directory.MEMBER_ID),
                                        clock)),
                        new DefaultConfig(),
                        Clock.systemUTC(),
                        System.nanoTime() - 25_000_000_000L);
        directory.stop();
        directory = newDirectory();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void X7_theBookGivesWhatThePortalGives(long seed) {
        Random random = new Random(seed);
        RandomCrm crm = new RandomCrm(random);
        portal.put(crm.state());
        fill();
        same(crm, "filled");

        crm.keepDates(portal.state());
        IntStream.range(0, 8).forEach(i -> crm.change());
        portal.put(crm.state());
        crm.deleted()
                .forEach(one -> directory.changed("acme", portal.portal, one.kind(), one.id()));
        catchUp();
        same(crm, "caught up");
    }

    private void same(RandomCrm crm, String when) {
        for (String number : crm.numbers()) {
            assertThat(directory.inBook("acme", portal.portal, number(number)))
                    .as(when + ": " + number)
                    .isEqualTo(connector.find(portal.portal, "acme", number(number)));
        }
    }

    @Test
    void X7_aKillDuringTheFirstFillCostsAStepAndNoMore() {
        contacts(1700);
        step();
        step();
        step();
        assertThat(state().state()).isEqualTo(BookState.FILLING);
        assertThat(state().percent()).isEqualTo(58);
        assertThat(entries()).containsEntry(EntityKind.CONTACT, 1000L);

        directory.stop();
        directory = newDirectory();
        fill();

        assertThat(entries()).containsEntry(EntityKind.CONTACT, 1700L);
        assertThat(state().percent()).isEqualTo(100);
        assertThat(asked("crm.contact.list"))
                .as("2 for the round, 35 pages, 1 catch-up")
                .isEqualTo(38);
    }

    @Test
    void X7_aStepThatFailsIsTakenAgain() {
        contacts(600);
        step();
        step();
        portal.fault("{\"kind\":\"lostReply\",\"probability\":1.0,\"forSeconds\":2}");
        step();
        portal.heal();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            later(Duration.ofSeconds(31));
                            step();
                            return state().state() == BookState.CURRENT;
                        });

        assertThat(entries()).containsEntry(EntityKind.CONTACT, 600L);
    }

    @Test
    void X7_aClientInTheBookCostsNoRequest() {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","ASSIGNED_BY_ID":"8","PHONE":"8 916 123-45-67"}],
                 "deals":[{"ID":"21","TITLE":"Pot","STAGE_ID":"NEW","CONTACT_ID":"11"}]}""");
        fill();
        long before = requests();

        Client client = connector.find(portal.portal, "acme", number(NUMBER), true);

        assertThat(client.contact())
                .contains(new Client.Found(EntityKind.CONTACT, "11", "Olga", "8", true));
        assertThat(client.deal().map(Client.Found::id)).contains("21");
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void X7_whomTheBookDoesNotKnowThePortalIsAskedFor() {
        fill();
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"New\",\"PHONE\":\"" + NUMBER + "\"}]}");

        assertThat(connector.find(portal.portal, "acme", number(NUMBER), false).contact())
                .as("made seconds ago")
                .isPresent();
    }

    @Test
    void X7_whoHasNothingOpenIsAskedForWhereThatWouldMakeADeal() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"" + NUMBER + "\"}]}");
        fill();
        portal.put("{\"deals\":[{\"ID\":\"21\",\"TITLE\":\"fresh\",\"CONTACT_ID\":\"11\"}]}");
        long before = requests();

        assertThat(connector.find(portal.portal, "acme", number(NUMBER), false).deal()).isEmpty();
        assertThat(requests()).isEqualTo(before);
        assertThat(connector.find(portal.portal, "acme", number(NUMBER), true).deal()).isPresent();
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void X7_aBookThatIsNotWholeOrTooOldAnswersNothingInThePortalsPlace() {
        contacts(1);
        step();
        step();
        long before = requests();
        connector.find(portal.portal, "acme", number(phone(1)), false);
        assertThat(requests()).as("filling").isEqualTo(before + 1);

        fill();
        later(Duration.ofMinutes(4));
        before = requests();
        connector.find(portal.portal, "acme", number(phone(1)), false);
        assertThat(requests()).as("stale").isEqualTo(before + 1);
        assertThat(state().state()).isEqualTo(BookState.STALE);
    }

    @Test
    void X7_whileThePortalIsDownTheCallersNameIsKnown() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"" + NUMBER + "\"}]}");
        fill();
        portal.fault("{\"kind\":\"down\",\"forSeconds\":600}");

        assertThat(connector.find(portal.portal, "acme", number(NUMBER), false).contact())
                .as("as long as the book is fresh")
                .isPresent();
        later(Duration.ofHours(5));
        assertThat(
                        directory
                                .inBook("acme", portal.portal, number(NUMBER))
                                .contact()
                                .map(Client.Found::name))
                .contains("Olga");
        assertThatThrownBy(() -> connector.find(portal.portal, "acme", number(NUMBER), false))
                .isInstanceOf(Fault.Retryable.class);
    }

    @Test
    void X7_whenClientsAreMergedTheOneThatIsGoneIsForgotten() {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Old","PHONE":"+79161234567"},
                             {"ID":"12","NAME":"Kept","PHONE":"+79160000000"}]}""");
        fill();
        portal.put(
                """
                {"contacts":[{"ID":"12","NAME":"Kept","PHONE":[{"VALUE":"+79160000000"},
                                                               {"VALUE":"+79161234567"}]}]}""");

        catchUp();

        assertThat(
                        directory
                                .inBook("acme", portal.portal, number(NUMBER))
                                .contact()
                                .map(Client.Found::id))
                .contains("12");
    }

    @Test
    void X7_whatTheEventsSayIsReadWithinASecond() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"" + NUMBER + "\"}]}");
        fill();
        portal.put(
                "{\"contacts\":[{\"ID\":\"12\",\"NAME\":\"Vera\",\"PHONE\":\"" + NUMBER + "\"}]}");

        directory.changed("acme", portal.portal, EntityKind.CONTACT, "11");
        directory.changed("acme", portal.portal, EntityKind.CONTACT, "12");
        directory.changed("acme", portal.portal, EntityKind.CONTACT, "no number");
        step();

        assertThat(
                        directory
                                .inBook("acme", portal.portal, number(NUMBER))
                                .contact()
                                .map(Client.Found::id))
                .contains("12");
    }

    @Test
    void X7_whatWasDeletedWithoutAWordIsGoneAfterTheNextRound() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"" + NUMBER + "\"}]}");
        fill();
        portal.put("{\"contacts\":[]}");
        catchUp();
        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)).known()).isTrue();

        later(Duration.ofHours(1));
        IntStream.range(0, 8)
                .forEach(
                        i -> {
                            later(Duration.ofSeconds(10));
                            step();
                        });

        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)).known()).isFalse();
    }

    @Test
    void X7_manyChangesAreReadPageByPage() {
        contacts(120);
        fill();
        contacts(120, "Renamed", id -> "");

        catchUp();

        assertThat(
                        directory
                                .inBook("acme", portal.portal, number(phone(120)))
                                .contact()
                                .map(Client.Found::name))
                .contains("Renamed 120");
        assertThat(
                        directory
                                .inBook("acme", portal.portal, number(phone(51)))
                                .contact()
                                .map(Client.Found::name))
                .contains("Renamed 51");
    }

    @Test
    void X7_ofTwoRowsOfOneSecondTheSecondIsSeenAlsoAfterAGap() {
        fill();
        String second = clock.instant().toString();
        String olga = row(11, "Olga", NUMBER, second);
        portal.put("{\"contacts\":[" + olga + "]}");
        catchUp();
        String vera = row(12, "Vera", "+79160000012", second);
        portal.put("{\"contacts\":[" + olga + "," + vera + "]}");

        later(Duration.ofMinutes(6));
        step();

        assertThat(directory.inBook("acme", portal.portal, number("+79160000012")).known())
                .as("the hub or the portal was away for six minutes")
                .isTrue();
    }

    private static String row(int id, String name, String phone, String modified) {
        return "{\"ID\":\"%d\",\"NAME\":\"%s\",\"PHONE\":\"%s\",\"DATE_MODIFY\":\"%s\"}"
                .formatted(id, name, phone, modified);
    }

    @Test
    void X7_afterALongOutageTheBookAnswersOnlyAfterAWholeRound() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"" + NUMBER + "\"}]}");
        fill();
        portal.put("{\"contacts\":[]}");
        later(Duration.ofHours(2));
        step();

        assertThat(state().state()).as("caught up, but not read anew").isEqualTo(BookState.STALE);
        assertThat(connector.find(portal.portal, "acme", number(NUMBER), false).known())
                .as("deleted meanwhile, and no event came")
                .isFalse();
        fill();
        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)).known()).isFalse();
    }

    @Test
    void X7_whatIsGoneInThePortalKeepsNoCallBackAndLeavesTheBook() {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","ASSIGNED_BY_ID":"7","PHONE":"+79161234567"}],
                 "deals":[{"ID":"21","TITLE":"Pot","ASSIGNED_BY_ID":"9","STAGE_ID":"NEW",
                           "CONTACT_ID":"11"}]}""");
        fill();
        Client client = connector.find(portal.portal, "acme", number(NUMBER), true);
        portal.put("{\"deals\":[]}");
        CallRecords record = inbound().client(NUMBER).byHub().ended("8", 5, CallResult.ANSWERED);

        bring(
                CALL,
                steps,
                client,
                CallRecords.decision(
                        List.of(record.get()),
                        Plans.nothing().reassign(client.deal().orElseThrow(), "8").get()));

        assertThat(steps.states()).contains("finish DONE").contains("activity DONE");
        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)).deal()).isEmpty();
        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)).contact()).isPresent();
    }

    @Test
    void X7_whatTheHubMakesIsInTheBookAtOnce() {
        fill();
        CallRecords record = inbound().client(NUMBER).ended("7", 5, CallResult.ANSWERED);

        bring(
                CALL,
                steps,
                Client.UNKNOWN,
                CallRecords.decision(
                        List.of(record.get()), Plans.make(Settings.Kind.DEAL, "7").get()));

        long before = requests();
        Client client = connector.find(portal.portal, "acme", number(NUMBER), true);
        assertThat(client.contact().map(Client.Found::responsible)).contains("7");
        assertThat(client.deal().map(Client.Found::name)).contains("Call from +79161234567");
        assertThat(requests()).isEqualTo(before);
        catchUp();
        assertThat(directory.inBook("acme", portal.portal, number(NUMBER)))
                .isEqualTo(connector.find(portal.portal, "acme", number(NUMBER)));
    }

    @Test
    void X7_theBookOfAnotherPortalIsForgotten() {
        portal.companies.secrets.put(portal.portal.secretKey("memberId"), "one");
        contacts(3);
        fill();

        portal.companies.secrets.put(portal.portal.secretKey("memberId"), "two");
        portal.put("{\"contacts\":[]}");
        assertThat(state().state()).isEqualTo(BookState.FILLING);
        catchUp();

        assertThat(entries()).isEmpty();
    }

    /** Until the book is whole and caught up. */
    private void fill() {
        for (int i = 0; i < 60 && state().state() != BookState.CURRENT; i++) {
            step();
        }
        assertThat(state().state()).isEqualTo(BookState.CURRENT);
    }

    private void catchUp() {
        later(Duration.ofMinutes(1));
        step();
    }

    private void step() {
        later(SECOND);
        directory.look();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(directory::idle);
    }

    private Book state() {
        return directory.book("acme", portal.portal);
    }

    private java.util.Map<EntityKind, Long> entries() {
        return directory.inBook("acme", portal.portal);
    }

    private long asked(String method) {
        return portal.list("ledger").stream()
                .flatMap(entry -> StreamSupport.stream(entry.path("names").spliterator(), false))
                .filter(name -> name.asText().equals(method))
                .count();
    }

    /** Changed long ago, one a minute. */
    private void contacts(int many) {
        OffsetDateTime began = OffsetDateTime.parse("2026-01-01T00:00:00+03:00");
        contacts(many, "Client", id -> began.plusMinutes(id).toString());
    }

    private void contacts(int many, String name, IntFunction<String> modified) {
        List<String> rows =
                IntStream.rangeClosed(1, many)
                        .mapToObj(
                                id ->
                                        "{\"ID\":\"%d\",\"NAME\":\"%s %d\",\"PHONE\":\"%s\",\"DATE_MODIFY\":\"%s\"}"
                                                .formatted(
                                                        id,
                                                        name,
                                                        id,
                                                        phone(id),
                                                        modified.apply(id)))
                        .toList();
        portal.put("{\"contacts\":[" + String.join(",", rows) + "]}");
    }

    private static String phone(int id) {
        return "+7916" + String.format("%07d", id);
    }

    /** Clients with few numbers between them, in many spellings, and deals of all sorts. */
    private static final class RandomCrm {

        private static final List<String> LEAD_STAGES =
                List.of("NEW", "IN_PROCESS", "CONVERTED", "JUNK");
        private static final List<String> DEAL_STAGES = List.of("NEW", "EXECUTING", "WON", "LOSE");

        private final Random random;
        private final ObjectNode rows = (ObjectNode) Json.tree("{\"mode\":\"classic\"}");
        private final List<Entity> deleted = new ArrayList<>();

        RandomCrm(Random random) {
            this.random = random;
            for (String part : List.of("contacts", "companies", "leads", "deals")) {
                ArrayNode list = rows.putArray(part);
                int many = 3 + random.nextInt(9);
                for (int i = 1; i <= many; i++) {
                    list.add(row(part, 10L * i + random.nextInt(10)));
                }
            }
        }

        List<String> numbers() {
            return IntStream.range(0, 5).mapToObj(i -> "+7916123456" + i).toList();
        }

        String state() {
            return rows.toString();
        }

        List<Entity> deleted() {
            return deleted;
        }

        private ObjectNode row(String part, long id) {
            ObjectNode row = (ObjectNode) Json.tree("{}");
            row.put("ID", Long.toString(id)).put("ASSIGNED_BY_ID", any("7", "8", "9"));
            switch (part) {
                case "contacts" ->
                        row.put("NAME", any("Olga", "Ivan", ""))
                                .put("LAST_NAME", any("Orlova", ""));
                case "leads" ->
                        row.put("TITLE", "Lead " + id)
                                .put("STATUS_ID", LEAD_STAGES.get(random.nextInt(4)));
                case "deals" ->
                        row.put("TITLE", "Deal " + id)
                                .put("STAGE_ID", DEAL_STAGES.get(random.nextInt(4)))
                                .put("CONTACT_ID", some("contacts"))
                                .put("COMPANY_ID", some("companies"));
                default -> row.put("TITLE", "Firm " + id);
            }
            if (!part.equals("deals")) {
                ArrayNode phones = row.putArray("PHONE");
                for (int i = random.nextInt(3); i > 0; i--) {
                    phones.addObject().put("VALUE", spelled(random.nextInt(5)));
                }
            }
            return row;
        }

        private String some(String part) {
            JsonNode all = rows.path(part);
            return all.isEmpty() || random.nextInt(3) == 0
                    ? ""
                    : all.path(random.nextInt(all.size())).path("ID").asText();
        }

        private String spelled(int last) {
            return any("+7916123456", "8 (916) 123-45-6", "7916123456", "8916-123-456")
                    + last
                    + any("", " доб. 12");
        }

        private String any(String... texts) {
            return texts[random.nextInt(texts.length)];
        }

        /** One row is added, changed or deleted, dated by the portal. */
        void change() {
            String part = any("contacts", "companies", "leads", "deals");
            ArrayNode list = (ArrayNode) rows.path(part);
            int at = list.isEmpty() ? 0 : random.nextInt(list.size());
            switch (list.isEmpty() ? 0 : random.nextInt(3)) {
                case 0 -> list.add(row(part, 1000 + random.nextInt(100_000)));
                case 1 -> list.set(at, row(part, list.path(at).path("ID").asLong()));
                default -> deleted.add(new Entity(kind(part), list.remove(at).path("ID").asText()));
            }
        }

        /** Rows keep the portal's date of their last change; those that are changed have none. */
        void keepDates(JsonNode now) {
            for (String part : List.of("contacts", "companies", "leads", "deals")) {
                for (JsonNode row : rows.path(part)) {
                    for (JsonNode there : now.path(part)) {
                        if (there.path("ID").equals(row.path("ID"))) {
                            ((ObjectNode) row).set("DATE_MODIFY", there.path("DATE_MODIFY"));
                        }
                    }
                }
            }
        }

        private static EntityKind kind(String part) {
            return switch (part) {
                case "contacts" -> EntityKind.CONTACT;
                case "companies" -> EntityKind.COMPANY;
                case "leads" -> EntityKind.LEAD;
                default -> EntityKind.DEAL;
            };
        }
    }
}
