package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.Plans;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.WantedEntities;

/** What the hub makes for a client, and whose it becomes. */
class EntitiesTest extends AgainstAccount {

    private static CallRecords answered() {
        return inbound().ended("7", 12, CallResult.ANSWERED);
    }

    private static CallRecords missed() {
        return inbound().ended("7", 0, CallResult.MISSED);
    }

    private static Optional<WantedEntities> deal() {
        return Plans.make(Kind.DEAL, "7").get();
    }

    private static Optional<WantedEntities> unsorted() {
        return Plans.make(Kind.UNSORTED, "7").get();
    }

    @Test
    void T15_aStrangerBecomesDealAndContactInOneRequest_andTheCallStandsAtTheDeal() {
        make(deal(), Client.UNKNOWN, answered());

        assertThat(account.list("leads")).hasSize(1);
        JsonNode lead = account.list("leads").get(0);
        assertThat(lead.path("name").asText()).isEqualTo("Call from +79161234567");
        assertThat(lead.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(PIPELINE);
        assertThat(lead.path("status_id").asLong()).isEqualTo(FIRST_STAGE);
        JsonNode contact = account.list("contacts").get(0);
        assertThat(contact.path("name").asText()).isEqualTo("Без имени");
        assertThat(contact.toString()).contains(NUMBER);
        assertThat(notes("call_in").get(0).path("entity_id")).isEqualTo(lead.path("id"));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void T15_inTheChosenPipelinesFirstWorkingStage() {
        make(
                Plans.make(Kind.DEAL, "7").pipeline(Long.toString(SECOND_PIPELINE)).get(),
                Client.UNKNOWN,
                answered());

        JsonNode lead = account.list("leads").get(0);
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(SECOND_PIPELINE);
        assertThat(lead.path("status_id").asLong()).isEqualTo(SECOND_FIRST_STAGE);
    }

    @Test
    void T15_orAnUnsortedEntry_whichIsTheCallsRecordToo_inOneRequest() {
        make(unsorted(), Client.UNKNOWN, missed());

        assertThat(account.list("unsorted")).hasSize(1);
        JsonNode entry = account.list("unsorted").get(0);
        assertThat(entry.path("category").asText()).isEqualTo("sip");
        assertThat(entry.path("pipeline_id").asLong()).isEqualTo(PIPELINE);
        assertThat(entry.toString()).contains(NUMBER);
        assertThat(notes("call_in")).as("the entry's own call").hasSize(1);
        assertThat(requests().stream().filter(r -> r.startsWith("POST"))).hasSize(1);
    }

    @Test
    void T15_whereUnsortedIsOff_aDealIsMade_andHealthSaysSo() {
        account.put("{\"account\":{\"is_unsorted_on\":false}}");
        make(unsorted(), Client.UNKNOWN, missed());

        assertThat(account.list("unsorted")).isEmpty();
        assertThat(account.list("leads")).hasSize(1);
        assertThat(account.list("leads").get(0).path("status_id").asLong()).isEqualTo(FIRST_STAGE);
        assertThat(connector.health().get(0).reason()).contains("Unsorted is off");
        assertThat(connector.health().get(0).cure()).contains("/entities/kind");
    }

    @Test
    void T15_whereUnsortedIsSwitchedOffWhileTheHubRuns_aDealIsMadeToo() {
        make(unsorted(), Client.UNKNOWN, missed());
        account.put("{\"account\":{\"is_unsorted_on\":false}}");
        String another = "+79161234598";
        MemorySteps others = new MemorySteps();
        CallRecords record =
                CallRecords.inbound().byHub().client(another).ended("7", 0, CallResult.MISSED);
        deliver(
                () ->
                        bring(
                                "0123456789abcdef01234568",
                                others,
                                Client.UNKNOWN,
                                another,
                                decision(unsorted(), List.of(), record)));

        assertThat(account.list("unsorted")).hasSize(1);
        assertThat(account.list("leads").get(1).path("status_id").asLong()).isEqualTo(FIRST_STAGE);
        assertThat(notes("call_in").get(1).path("entity_id"))
                .isEqualTo(account.list("leads").get(1).path("id"));
        assertThat(connector.health().get(0).reason()).contains("Unsorted is off");
    }

    @Test
    void I5_theNextCallOfTheSameStrangerGoesToTheSameEntry_untilItIsSorted() {
        make(unsorted(), Client.UNKNOWN, missed());
        MemorySteps others = new MemorySteps();
        bring(
                "0123456789abcdef01234568",
                others,
                Client.UNKNOWN,
                decision(unsorted(), List.of(), missed()));

        assertThat(account.list("unsorted")).hasSize(1);
        assertThat(notes("call_in")).as("two calls at one entry").hasSize(2);
    }

    @Test
    void I5_anEntryThatWasDeclinedTakesNoFurtherCall() {
        make(unsorted(), Client.UNKNOWN, missed());
        account.put("{\"unsorted\":[]}");
        bring(
                "0123456789abcdef01234568",
                new MemorySteps(),
                Client.UNKNOWN,
                decision(unsorted(), List.of(), missed()));

        assertThat(account.list("unsorted")).hasSize(1);
    }

    @Test
    void I4_whoWaitsInTheTrayAndTalksIsSortedByThat_notMadeAgain() {
        make(unsorted(), Client.UNKNOWN, missed());
        bring(
                "0123456789abcdef01234568",
                new MemorySteps(),
                Client.UNKNOWN,
                decision(deal(), List.of(), answered()));

        assertThat(account.list("unsorted")).isEmpty();
        assertThat(account.list("leads")).hasSize(1);
        assertThat(account.list("contacts")).hasSize(1);
        JsonNode lead = account.list("leads").get(0);
        assertThat(lead.path("status_id").asLong()).isEqualTo(FIRST_STAGE);
        assertThat(lead.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(notes("call_in")).hasSize(2);
    }

    @Test
    void I4_aDealThatWasDeletedIsMadeAnew() {
        make(deal(), Client.UNKNOWN, answered());
        account.put("{\"contacts\":[],\"leads\":[],\"notes\":[]}");
        bring(
                "0123456789abcdef01234568",
                new MemorySteps(),
                Client.UNKNOWN,
                decision(deal(), List.of(), answered()));

        assertThat(account.list("leads")).hasSize(1);
        assertThat(notes("call_in")).hasSize(1);
    }

    @Test
    void I4_whatAnotherProcessMadeOfACallThatBeganBeforeThisOneIsFound() {
        CallRecords record = inbound().startedAt(Instant.now().minusSeconds(600));
        knows(NUMBER, FIRST_STAGE);
        make(deal(), Client.UNKNOWN, record.ended("7", 500, CallResult.ANSWERED));

        assertThat(account.list("leads")).hasSize(1);
        assertThat(notes("call_in").get(0).path("entity_id").asLong()).isEqualTo(701);
    }

    @Test
    void I4_aContactThatWasDeletedSinceTheLookUpIsMadeAnew() {
        knows(NUMBER, 143);
        Client client = found();
        account.put("{\"contacts\":[],\"leads\":[]}");
        make(deal(), client, answered());

        assertThat(account.list("contacts")).hasSize(1);
        assertThat(account.list("leads")).hasSize(1);
        assertThat(notes("call_in")).hasSize(1);
    }

    @Test
    void O12_aDealThatWasDeletedIsChangedEnough() {
        make(deal(), Client.UNKNOWN, answered());
        account.put("{\"contacts\":[],\"leads\":[]}");
        make(Plans.make(Kind.DEAL, "8").get(), Client.UNKNOWN, answered());

        assertThat(steps.step("owner").flatMap(step -> step.crmId())).contains("8");
    }

    @Test
    void I5_aMissedCallThatReachedNobodyIsUnsortedWithoutARecord() {
        make(unsorted(), Client.UNKNOWN);

        assertThat(account.list("unsorted")).hasSize(1);
        assertThat(notes("call_in")).hasSize(1);
    }

    @Test
    void I4_aKnownClientWithoutAnOpenDealGetsOneAtHisContact() {
        knows(NUMBER, 143);
        make(deal(), found(), answered());

        assertThat(account.list("contacts")).hasSize(1);
        JsonNode made = account.list("leads").get(1);
        assertThat(made.path("_embedded").path("contacts").get(0).path("id").asLong())
                .isEqualTo(501);
        assertThat(notes("call_in").get(0).path("entity_id")).isEqualTo(made.path("id"));
    }

    @Test
    void I4_lostRepliesMakeNothingTwice() {
        replyLost(() -> make(deal(), Client.UNKNOWN, answered()));
        make(deal(), Client.UNKNOWN, answered());
        assertThat(account.list("leads")).hasSize(1);
        assertThat(account.list("contacts")).hasSize(1);
        assertThat(notes("call_in")).hasSize(1);
    }

    @Test
    void I5_lostRepliesMakeNoSecondUnsortedEntry() {
        MemorySteps others = new MemorySteps();
        make(unsorted(), Client.UNKNOWN, missed());
        var decision =
                decision(
                        unsorted(),
                        List.of(),
                        CallRecords.inbound()
                                .byHub()
                                .client("+79161234599")
                                .ended("7", 0, CallResult.MISSED));
        replyLost(
                () ->
                        bring(
                                "0123456789abcdef01234569",
                                others,
                                Client.UNKNOWN,
                                "+79161234599",
                                decision));
        bring("0123456789abcdef01234569", others, Client.UNKNOWN, "+79161234599", decision);

        assertThat(account.list("unsorted")).hasSize(2);
    }

    @Test
    void I4_twoCallsOfOneStrangerAtOnceMakeHimOnce() throws Exception {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String call = "0123456789abcdef0123456" + i;
            calls.add(
                    () -> {
                        MemorySteps log = new MemorySteps();
                        deliver(
                                () ->
                                        bring(
                                                call,
                                                log,
                                                Client.UNKNOWN,
                                                decision(deal(), List.of(), answered())));
                        return null;
                    });
        }
        AtOnce.run(calls);

        assertThat(account.list("contacts")).hasSize(1);
        assertThat(account.list("leads")).hasSize(1);
        assertThat(notes("call_in")).as("each call is written").hasSize(6);
    }

    @Test
    void I4_aDismissedResponsibleGivesWay_andAPipelineThatIsGoneToTheMainOne() {
        make(
                Plans.make(Kind.DEAL, "77").pipeline("999").get(),
                Client.UNKNOWN,
                inbound().user("77", "8").ended("8", 5, CallResult.ANSWERED));

        JsonNode lead = account.list("leads").get(0);
        assertThat(lead.path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(PIPELINE);
        assertThat(connector.health().get(0).reason()).contains("pipeline 999");
    }

    @Test
    void O12_theResponsibleChangesLater_onceForAll() {
        make(deal(), Client.UNKNOWN, answered());
        make(Plans.make(Kind.DEAL, "8").get(), Client.UNKNOWN, answered());
        make(Plans.make(Kind.DEAL, "8").get(), Client.UNKNOWN, answered());

        assertThat(account.list("leads").get(0).path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(account.list("contacts").get(0).path("responsible_user_id").asInt())
                .isEqualTo(8);
        assertThat(requests().stream().filter(r -> r.startsWith("PATCH"))).hasSize(2);
    }

    @Test
    void O10_anOpenDealBecomesTheTalkers() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        make(Plans.nothing().reassign(client.deal().orElseThrow(), "7").get(), client, answered());

        assertThat(account.list("leads").get(0).path("responsible_user_id").asInt()).isEqualTo(7);
    }

    @Test
    void O19_fieldsAreWrittenByIdOrCode() {
        String field =
                account.state().path("customFields").path("leads").get(0).path("id").asText();
        make(
                Plans.make(Kind.DEAL, "7").field(field, "+74951000002").get(),
                Client.UNKNOWN,
                answered());

        assertThat(account.list("leads").get(0).path("custom_fields_values").toString())
                .contains("+74951000002");
    }

    @Test
    void T15_whatIsMadeBearsItsTags() {
        make(Plans.make(Kind.DEAL, "7").tags("Звонок").get(), Client.UNKNOWN, answered());

        assertThat(account.list("leads").get(0).path("_embedded").path("tags").toString())
                .contains("Звонок");
        assertThat(account.list("contacts").get(0).path("_embedded").path("tags").toString())
                .contains("Звонок");
    }

    @Test
    void X7_theNextLookUpFindsWhatWasMade() {
        make(deal(), Client.UNKNOWN, answered());

        Client client = found();
        assertThat(client.contact()).isPresent();
        assertThat(client.open()).map(Client.Found::kind).contains(EntityKind.DEAL);
    }
}
