package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Client;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.BookState;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** How accounts are set up, and what their phone books hold. */
class AccountDirectoryTest extends WithAccountHub {

    private static final String NUMBER = "+79161234567";

    @Test
    void T4_usersPipelinesAndFieldsAreRead() {
        Portal portal = hub.connected("{}");

        CrmDirectory read = hub.directory.synchronise("acme", portal).directory();

        assertThat(read.user("7").orElseThrow().email()).contains("ivan.petrov@example.com");
        assertThat(read.user("7").orElseThrow().active()).isTrue();
        assertThat(read.user("11").orElseThrow().active()).isFalse();
        assertThat(read.pipeline("3383152").orElseThrow().main()).isTrue();
        assertThat(read.pipeline("3383152").orElseThrow().stages())
                .extracting(CrmDirectory.Stage::id, CrmDirectory.Stage::meaning)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("33929746", Meaning.UNSORTED),
                        org.assertj.core.groups.Tuple.tuple("33929749", Meaning.OPEN),
                        org.assertj.core.groups.Tuple.tuple("142", Meaning.WON),
                        org.assertj.core.groups.Tuple.tuple("143", Meaning.LOST));
        assertThat(read.fields())
                .anyMatch(f -> f.kind() == EntityKind.CONTACT && f.code().equals("PHONE"))
                .anyMatch(f -> f.kind() == EntityKind.DEAL && f.name().equals("Линия"));
        assertThat(read.readAt()).containsOnlyKeys(Part.values());
        assertThat(read.leads()).contains(false);
        assertThat(hub.secret("acme", "accountId")).isPresent();
    }

    @Test
    void T4_usersOfManyPagesAreReadWhole() {
        Portal portal = hub.connected("{}");
        hub.put(
                "{\"users\":["
                        + IntStream.rangeClosed(1, 260)
                                .mapToObj(id -> "{\"id\":" + id + ",\"name\":\"U" + id + "\"}")
                                .collect(Collectors.joining(","))
                        + "]}");

        assertThat(hub.directory.synchronise("acme", portal).directory().users()).hasSize(260);
    }

    @Test
    void T4_whereUsersAreNotShownTheRestIsReadAndTheCureIsNamed() {
        Portal portal =
                hub.company(
                        "acme",
                        "{}",
                        "{\"integration\":{\"kind\":\"external\"}}",
                        "accessToken",
                        "refreshToken");

        Synchronised done = hub.directory.synchronise("acme", portal);

        assertThat(done.directory().users()).isEmpty();
        assertThat(done.directory().pipelines()).hasSize(2);
        assertThat(done.problems()).extracting(Problem::part).containsExactly(Part.USERS);
        assertThat(done.problems().get(0).cure()).contains("type the users' ids");
        assertThat(hub.health("acme").reason()).contains("does not show its users");
    }

    @Test
    void T15_aPipelineWithoutUnsortedIsWarnedOf() {
        Portal portal =
                hub.connected("{\"entities\":{\"createBy\":\"hub\",\"kind\":\"unsorted\"}}");
        assertThat(hub.directory.synchronise("acme", portal).warnings()).isEmpty();

        String pipelines =
                hub.state()
                        .path("pipelines")
                        .toString()
                        .replace("\"is_unsorted_on\":true", "\"is_unsorted_on\":false");
        hub.put("{\"pipelines\":" + pipelines + "}");

        Synchronised done = hub.directory.synchronise("acme", portal);
        assertThat(done.warnings())
                .extracting(Problem::message)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("Unsorted is off in pipeline 3383152");
        assertThat(hub.health("acme").reason()).contains("Unsorted is off");
    }

    @Test
    void O17_anotherTelephonyIsNamed() {
        Portal portal = hub.connected("{}");
        hub.put("{\"contacts\":[{\"id\":501,\"name\":\"Anna\",\"phone\":\"" + NUMBER + "\"}]}");
        hub.put(
                "{\"notes\":["
                        + note(1, "Other PBX", "77")
                        + ","
                        + note(2, "Other PBX", "78")
                        + ","
                        + note(3, "Trunkline", "0123456789abcdef01234567-1")
                        + "]}");

        assertThat(hub.directory.telephonyBeside("acme", portal))
                .containsExactly("Other PBX (2 calls in the last week)");
    }

    private static String note(int id, String source, String uniq) {
        long now = java.time.Instant.now().getEpochSecond();
        return ("{\"id\":%d,\"entity_id\":501,\"entity_type\":\"contacts\",\"note_type\":\"call_in\","
                        + "\"created_at\":%d,\"updated_at\":%d,"
                        + "\"params\":{\"source\":\"%s\",\"uniq\":\"%s\",\"phone\":\"%s\",\"duration\":1}}")
                .formatted(id, now, now, source, uniq, NUMBER);
    }

    // ---- the phone book

    /** Contacts with numbers from +79160000001 on; the deals of the first are open and closed. */
    private void contacts(int many) {
        hub.put(
                "{\"contacts\":["
                        + IntStream.rangeClosed(1, many)
                                .mapToObj(
                                        i ->
                                                "{\"id\":%d,\"name\":\"C%d\",\"responsible_user_id\":7,\"phone\":\"%s\"}"
                                                        .formatted(i, i, number(i).value()))
                                .collect(Collectors.joining(","))
                        + "],\"leads\":["
                        + lead(901, 33929749)
                        + ","
                        + lead(902, 142)
                        + "]}");
    }

    private static String lead(int id, int status) {
        return ("{\"id\":%d,\"name\":\"Deal %d\",\"responsible_user_id\":8,\"pipeline_id\":3383152,"
                        + "\"status_id\":%d,\"_embedded\":{\"contacts\":[{\"id\":1}]}}")
                .formatted(id, id, status);
    }

    private static PhoneNumber number(int i) {
        String text = "+7916%07d".formatted(i);
        return PhoneNumber.read(text, "RU").orElseThrow();
    }

    /** Until the book is whole and current. */
    private void filled(Portal portal) {
        for (int i = 0; i < 40; i++) {
            hub.look();
            hub.clock.advance(Duration.ofSeconds(2));
            if (hub.directory.book("acme", portal).state() == BookState.CURRENT) {
                return;
            }
        }
        assertThat(hub.directory.book("acme", portal).state()).isEqualTo(BookState.CURRENT);
    }

    @Test
    void X7_theBookHoldsContactsAndOpenDeals() {
        Portal portal = hub.connected("{}");
        contacts(260);

        filled(portal);

        assertThat(hub.directory.inBook("acme", portal))
                .containsEntry(EntityKind.CONTACT, 260L)
                .containsEntry(EntityKind.DEAL, 1L);
        Client first = hub.directory.inBook("acme", portal, number(1));
        assertThat(first.contact().orElseThrow().responsible()).isEqualTo("7");
        assertThat(first.deal().orElseThrow().id()).isEqualTo("901");
        assertThat(hub.directory.inBook("acme", portal, number(260)).known()).isTrue();
    }

    @Test
    void X7_aDealIsInTheBookUnderItsSecondContactToo() {
        Portal portal = hub.connected("{}");
        contacts(3);
        hub.put(
                "{\"leads\":["
                        + lead(901, 33929749)
                                .replace(
                                        "[{\"id\":1}]",
                                        "[{\"id\":1,\"is_main\":true},{\"id\":2,\"is_main\":false}]")
                        + "]}");

        filled(portal);

        assertThat(hub.directory.inBook("acme", portal, number(1)).deal()).isPresent();
        assertThat(hub.directory.inBook("acme", portal, number(2)).deal())
                .map(Client.Found::id)
                .contains("901");
        assertThat(hub.directory.inBook("acme", portal, number(3)).deal()).isEmpty();
    }

    @Test
    void X7_aDealThatIsOverLeavesTheBook() {
        Portal portal = hub.connected("{}");
        contacts(1);
        filled(portal);
        assertThat(hub.directory.inBook("acme", portal, number(1)).deal()).isPresent();
        long soon = java.time.Instant.now().getEpochSecond() + 100;
        hub.put(
                "{\"leads\":["
                        + lead(901, 143).replaceFirst("\\{", "{\"updated_at\":" + soon + ",")
                        + "]}");
        hub.clock.advance(Duration.ofMinutes(2));

        hub.look();

        assertThat(hub.directory.inBook("acme", portal, number(1)).deal()).isEmpty();
        assertThat(hub.directory.inBook("acme", portal, number(1)).contact()).isPresent();
    }

    @Test
    void X7_aRestartGoesOnWithTheNextPage() {
        Portal portal = hub.connected("{}");
        contacts(600);
        for (int i = 0; i < 3; i++) {
            hub.look();
            hub.clock.advance(Duration.ofSeconds(2));
        }
        long read = hub.directory.inBook("acme", portal).getOrDefault(EntityKind.CONTACT, 0L);
        assertThat(read).isBetween(1L, 599L);
        hub.directory.stop();
        hub.newDirectory();

        filled(portal);

        assertThat(hub.directory.inBook("acme", portal)).containsEntry(EntityKind.CONTACT, 600L);
        assertThat(hub.requests().stream().filter("GET /api/v4/contacts"::equals).count())
                .isLessThan(12);
    }

    @Test
    void X7_changesAreCaughtUpWith() {
        Portal portal = hub.connected("{}");
        contacts(3);
        filled(portal);
        hub.put("{\"clock\":{\"offsetSeconds\":120}}");
        String changed =
                "{\"contacts\":["
                        + "{\"id\":1,\"name\":\"C1\",\"responsible_user_id\":9,\"updated_at\":%d,\"phone\":\"%s\"}]}"
                                .formatted(
                                        java.time.Instant.now().getEpochSecond() + 100,
                                        number(1).value());
        hub.put(changed);
        hub.clock.advance(Duration.ofMinutes(2));

        hub.look();

        assertThat(hub.directory.inBook("acme", portal, number(1)).contact())
                .map(Client.Found::responsible)
                .contains("9");
    }

    /**
     * Deals 1 to 600 of long ago and one that was changed last.
     *
     * @param closed so many of the first are over, and no date tells that
     */
    private void deals(int closed) {
        hub.put(
                "{\"leads\":["
                        + IntStream.rangeClosed(1, 601)
                                .mapToObj(
                                        i ->
                                                changed(
                                                        lead(i, i <= closed ? 143 : 33929749),
                                                        i <= 600 ? LONG_AGO : LONG_AGO + 10_000))
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    private static final long LONG_AGO = 1_700_000_000;

    private static String changed(String row, long at) {
        return row.replaceFirst("\\{", "{\"updated_at\":" + at + ",");
    }

    private long inBook(Portal portal, EntityKind kind) {
        return hub.directory.inBook("acme", portal).getOrDefault(kind, 0L);
    }

    @Test
    void X7_dealsThatAreClosedBetweenTwoPagesHideNoOther() {
        Portal portal = hub.connected("{}");
        contacts(1);
        deals(0);
        for (int i = 0; i < 40 && inBook(portal, EntityKind.DEAL) == 0; i++) {
            hub.look();
            hub.clock.advance(Duration.ofSeconds(2));
        }
        assertThat(inBook(portal, EntityKind.DEAL)).as("the first page").isEqualTo(250);
        // The 251st to the 253rd move to the page that was read.
        deals(3);

        filled(portal);

        assertThat(inBook(portal, EntityKind.DEAL)).isEqualTo(601);
    }

    @Test
    void X7_aCatchUpThatBrokeOffGoesOnWhereItWas() {
        Portal portal = hub.connected("{}");
        contacts(1);
        filled(portal);
        Optional<java.time.Instant> before = caughtUpAt(portal);
        long soon = java.time.Instant.now().getEpochSecond();
        hub.put(
                "{\"contacts\":["
                        + IntStream.rangeClosed(1, 1000)
                                .mapToObj(
                                        i ->
                                                changed(
                                                        "{\"id\":%d,\"name\":\"N\",\"phone\":\"%s\"}"
                                                                .formatted(i, number(i).value()),
                                                        soon + i))
                                .collect(Collectors.joining(","))
                        + "]}");
        hub.simulator(
                "POST",
                "_faults",
                "{\"kind\":\"status\",\"status\":502,\"method\":\"GET /api/v4/leads\"}");
        hub.clock.advance(Duration.ofMinutes(2));
        hub.look();
        assertThat(inBook(portal, EntityKind.CONTACT)).as("what came before").isEqualTo(1000);
        assertThat(caughtUpAt(portal)).isEqualTo(before);
        hub.simulator("DELETE", "_faults", "");
        long asked = contactRequests();

        for (int i = 0; i < 20 && caughtUpAt(portal).equals(before); i++) {
            hub.clock.advance(Duration.ofSeconds(31));
            hub.look();
        }

        assertThat(caughtUpAt(portal)).isNotEqualTo(before);
        assertThat(contactRequests() - asked).isEqualTo(1);
    }

    private Optional<java.time.Instant> caughtUpAt(Portal portal) {
        return hub.directory.book("acme", portal).caughtUpAt();
    }

    private long contactRequests() {
        return hub.requests().stream().filter("GET /api/v4/contacts"::equals).count();
    }

    @Test
    void X7_webhooksBringChangesAndDeletionsAtOnce() {
        Portal portal = hub.connected("{}");
        contacts(3);
        filled(portal);
        String destination = hub.state().at("/webhooks/0/destination").asText();
        assertThat(destination).startsWith(hub.url("/crm/amocrm/acme/main/events/"));
        hub.put(
                "{\"contacts\":[{\"id\":1,\"name\":\"C1\",\"phone\":\""
                        + number(1).value()
                        + "\"}]}");

        HttpResponse<String> told =
                hub.post(
                        destination.substring(hub.url("").length()),
                        "contacts%5Bdelete%5D%5B0%5D%5Bid%5D=2&contacts%5Bdelete%5D%5B0%5D%5Btype%5D=contact");
        hub.look();

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(hub.directory.inBook("acme", portal, number(2)).contact())
                .isEqualTo(Optional.empty());
        assertThat(hub.directory.inBook("acme", portal, number(3)).known()).isTrue();
    }

    @Test
    void X7_nobodyElseTellsOfChanges() {
        hub.connected("{}");
        hub.look();

        assertThat(
                        hub.post("/crm/amocrm/acme/main/events/guessed", "contacts[add][0][id]=1")
                                .statusCode())
                .isEqualTo(401);
    }
}
