package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** How the simulated portal's set-up comes to the hub, and stays there. */
class DirectoryTest extends DirectoryAgainstSandbox {

    /** Without numbers, so that no line is to be made. */
    @BeforeEach
    void withoutNumbers() {
        portal.companies.provisioned =
                Optional.of(company(List.of(), List.of(), Map.of("201", "7")));
    }

    @Test
    void T4_usersPipelinesStagesSourcesAndFieldsComeInOneRequest() {
        portal.put(
                """
                {"mode":"classic",
                 "userFields":{"LEAD":[{"code":"UF_CRM_SITE","label":"Сайт","type":"string"}]}}""");

        Synchronised done = synchronise();

        CrmDirectory read = done.directory();
        assertThat(done.problems()).isEmpty();
        assertThat(read.readAt()).containsOnlyKeys(Part.values());
        assertThat(read.leads()).contains(true);
        assertThat(read.user("7").map(CrmUser::extension)).contains(Optional.of("201"));
        assertThat(read.user("11").map(CrmUser::active)).contains(false);
        assertThat(read.pipelines()).extracting(p -> p.id()).containsExactly("0", "1");
        assertThat(read.pipelines()).extracting(p -> p.main()).containsExactly(true, false);
        assertThat(read.pipeline("1").orElseThrow().stages())
                .contains(
                        new Stage("C1:NEW", "Новая", Meaning.OPEN),
                        new Stage("C1:WON", "Сделка успешна", Meaning.WON),
                        new Stage("C1:LOSE", "Сделка провалена", Meaning.LOST));
        assertThat(read.leadStages()).extracting(Stage::id).contains("NEW", "CONVERTED", "JUNK");
        assertThat(read.sources()).extracting(s -> s.id()).contains("CALL", "CALLBACK");
        assertThat(read.fields())
                .contains(
                        new Field(EntityKind.LEAD, "UF_CRM_SITE", "Сайт", "string", true),
                        new Field(EntityKind.DEAL, "ID", "ID", "string", false));
        assertThat(portal.list("ledger").get(0).path("names")).hasSize(12);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void T4_whatWasReadIsKnownToTheNextProcessWithoutThePortal() {
        synchronise();
        portal.fault("{\"kind\":\"down\",\"forSeconds\":60}");

        CrmDirectory known = newDirectory().known("acme", portal.portal);

        assertThat(known.users()).hasSize(6);
        assertThat(known.pipelines()).hasSize(2);
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"49, 1", "199, 1", "200, 2", "1699, 2", "1700, 3"})
    void T4_aLargePortalsUsersAreReadWhole(int many, int requests) {
        users(many);

        assertThat(synchronise().directory().users())
                .extracting(CrmUser::id)
                .isEqualTo(IntStream.rangeClosed(1, many).mapToObj(String::valueOf).toList());
        assertThat(requests()).isEqualTo(requests);
    }

    @Test
    void T4_theNextTimeAsManyPagesAreAskedForAsThereWere() {
        users(420);
        synchronise();
        long before = requests();

        synchronise();

        assertThat(requests() - before).isEqualTo(1);
        assertThat(inLastBatch("user.get")).isEqualTo(10);
    }

    @Test
    void T4_onePartThatFailsLeavesItAsItWasAndTheOthersGoOn() {
        synchronise();
        portal.put("{\"sources\":[{\"STATUS_ID\":\"NEW_ONE\",\"NAME\":\"New\"}]}");
        portal.fault(
                "{\"kind\":\"error\",\"method\":\"user.get\",\"status\":403,"
                        + "\"error\":\"insufficient_scope\",\"forSeconds\":60}");

        Synchronised done = synchronise();

        assertThat(done.directory().users()).hasSize(6);
        assertThat(done.directory().sources()).extracting(s -> s.id()).containsExactly("NEW_ONE");
        assertThat(done.problems()).extracting(Problem::part).containsExactly(Part.USERS);
        assertThat(done.problems().get(0).message())
                .contains("insufficient_scope")
                .contains("what was known stands");
        assertThat(done.problems().get(0).cure()).isNotEmpty();
    }

    @Test
    void T4_aTruncatedAnswerNeverEmptiesWhatWasKnown() {
        users(120);
        synchronise();

        users(30);
        Synchronised truncated = synchronise();
        portal.put("{\"users\":[],\"pipelines\":[],\"leadStages\":[],\"sources\":[]}");
        Synchronised empty = synchronise();

        assertThat(truncated.directory().users()).hasSize(120);
        assertThat(truncated.problems()).extracting(Problem::part).containsExactly(Part.USERS);
        assertThat(empty.directory().users()).hasSize(120);
        assertThat(empty.directory().pipelines()).hasSize(2);
        assertThat(empty.directory().sources()).hasSize(4);
        assertThat(empty.problems())
                .extracting(Problem::part)
                .containsExactlyInAnyOrder(Part.USERS, Part.PIPELINES, Part.STAGES);
    }

    @Test
    void T4_aPortalThatIsDownChangesNothing() {
        synchronise();
        portal.fault("{\"kind\":\"down\",\"forSeconds\":60}");

        assertThatThrownBy(this::synchronise).isInstanceOf(Fault.Retryable.class);
        assertThat(directory.known("acme", portal.portal).users()).hasSize(6);
    }

    @Test
    void O17_aSynchronisationTellsWhatChanged() {
        synchronise();
        JsonNode users = portal.state().path("users");
        ((com.fasterxml.jackson.databind.node.ObjectNode) users.get(1)).put("LAST_NAME", "Sidorov");
        ((com.fasterxml.jackson.databind.node.ArrayNode) users).remove(5);
        ((com.fasterxml.jackson.databind.node.ArrayNode) users)
                .addObject()
                .put("ID", "12")
                .put("ACTIVE", true)
                .put("NAME", "Vera");
        portal.put("{\"users\":" + users + "}");

        var change = synchronise().changes().get(Part.USERS);

        assertThat(change.count()).isEqualTo(6);
        assertThat(change.added()).containsExactly("12 Vera");
        assertThat(change.removed()).containsExactly("11 Boris Egorov");
        assertThat(change.changed()).containsExactly("7 Ivan Sidorov");
        assertThat(synchronise().changes().get(Part.PIPELINES).added()).isEmpty();
    }

    @Test
    void T4_theTimerReadsAnewWhenItIsTimeAndWhenTheDocumentChanged() {
        lookUntil(1);
        look();
        assertThat(synchronisations()).isEqualTo(1);

        later(Duration.ofMinutes(15));
        lookUntil(2);

        portal.companies.provisioned = Optional.of(company(List.of(), List.of(), Map.of()));
        lookUntil(3);
    }

    @Test
    void T4_thePortalsOfAnotherHubAreLeftAlone() {
        leases.become(org.trunkline.store.Leases.Standing.STANDBY);
        look();

        assertThat(requests()).isZero();
    }

    @Test
    void T4_whatIsFreshEnoughIsNotAskedForAgain() {
        directory.known("acme", portal.portal, Duration.ofMinutes(5));
        directory.known("acme", portal.portal, Duration.ofMinutes(5));
        assertThat(requests()).isEqualTo(1);

        later(Duration.ofMinutes(6));
        directory.known("acme", portal.portal, Duration.ofMinutes(5));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void T4_whatWasReadOfAnotherPortalDoesNotCount() {
        portal.companies.secrets.put(portal.portal.secretKey("memberId"), "one");
        synchronise();

        Portal moved =
                new Portal("main", CrmKind.BITRIX24, "X", URI.create("https://new.example"), true);
        assertThat(directory.known("acme", moved).users()).as("renamed").hasSize(6);
        portal.companies.secrets.put(portal.portal.secretKey("memberId"), "two");
        assertThat(directory.known("acme", moved)).isEqualTo(CrmDirectory.UNREAD);
    }

    private Synchronised synchronise() {
        return directory.synchronise("acme", portal.portal);
    }

    private void look() {
        directory.look();
        Awaitility.await().until(directory::idle);
    }

    private void lookUntil(int synchronisations) {
        look();
        assertThat(synchronisations()).isEqualTo(synchronisations);
    }

    /** The phone book asks too. */
    private long synchronisations() {
        return portal.list("ledger").stream()
                .filter(request -> request.path("names").toString().contains("crm.status.list"))
                .count();
    }

    private long inLastBatch(String method) {
        List<JsonNode> all = portal.list("ledger");
        JsonNode names = all.get(all.size() - 1).path("names");
        return java.util.stream.StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.asText().equals(method))
                .count();
    }
}
