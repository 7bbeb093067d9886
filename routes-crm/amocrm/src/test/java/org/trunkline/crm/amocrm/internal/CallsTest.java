package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Notice;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Step;

/** Cards and calls of clients whom the account knows, and of those whom it does not. */
class CallsTest extends AgainstAccount {

    @Test
    void T9_theCardIsShownToThoseUsersOnly_onceEach() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().cards("7"));
        bring(Client.UNKNOWN, inbound().cards("7", "8"));
        bring(Client.UNKNOWN, inbound().cards("8"));

        assertThat(account.list("cards").stream().map(c -> c.path("user").asText()))
                .containsExactly("7", "8");
        assertThat(account.list("cards").get(0).path("phone").asText()).isEqualTo(NUMBER);
    }

    @Test
    void T9_whoWasConsultedAndThenGotTheCallSeesItsCardOnce() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().cards("7", "8"));

        bring(Client.UNKNOWN, inbound(), inbound().key("2").cards("8", "9"));

        assertThat(account.list("cards").stream().map(c -> c.path("user").asText()))
                .containsExactly("7", "8", "9");
    }

    @Test
    void T9_theCardsReplyIsTheLookUp_theRestOfTheCallIsOneRequest() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().cards("7"));
        int before = requests().size();
        Client client = found();
        assertThat(client.deal()).map(Client.Found::id).contains("701");
        assertThat(client.open()).isPresent();
        int looked = requests().size() - before;
        bring(client, inbound().ended("7", 12, CallResult.ANSWERED));

        assertThat(before).as("the card").isEqualTo(1);
        // Without a phone book the deal and its contact are asked for once.
        assertThat(looked).isEqualTo(2);
        assertThat(requests()).hasSize(4);
    }

    @Test
    void T9_aStrangersCardSaysThatNobodyHasTheNumber_withoutASecondRequest() {
        bring(Client.UNKNOWN, inbound().cards("7"));

        assertThat(found().known()).isFalse();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void T10_anAnsweredCallStandsAtTheOpenDealWithItsTrueTimes() {
        knows(NUMBER, FIRST_STAGE);
        CallRecords record = inbound().ended("7", 12, CallResult.ANSWERED);
        bring(found(), record);

        assertThat(notes("call_in")).hasSize(1);
        JsonNode note = notes("call_in").get(0);
        assertThat(note.path("entity_id").asLong()).isEqualTo(701);
        assertThat(note.path("created_at").asLong())
                .isEqualTo(record.get().startedAt().getEpochSecond());
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(note.path("created_by").asInt()).as("for analytics").isEqualTo(7);
        JsonNode params = note.path("params");
        assertThat(params.path("duration").asInt()).isEqualTo(12);
        assertThat(params.path("phone").asText()).isEqualTo(NUMBER);
        assertThat(params.path("call_status").asInt()).isEqualTo(4);
        assertThat(params.path("uniq").asText()).isEqualTo(CALL + "-main");
    }

    @Test
    void T10_withoutAnOpenDealItStandsAtTheContact() {
        knows(NUMBER, 143);
        bring(found(), inbound().ended("7", 12, CallResult.ANSWERED));

        assertThat(notes("call_in").get(0).path("entity_id").asLong()).isEqualTo(501);
    }

    @Test
    void T11_anOutgoingCallIsOne() {
        knows(NUMBER);
        bring(found(), outbound().ended("7", 5, CallResult.ANSWERED));

        assertThat(notes("call_out")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ANSWERED,4", "MISSED,6", "CANCELLED,6", "BUSY,7", "FAILED,3"})
    void T10_T11_eachResultHasTheVendorsStatus(CallResult result, int status) {
        knows(NUMBER);
        bring(found(), outbound().ended("7", result == CallResult.ANSWERED ? 5 : 0, result));

        assertThat(notes("call_out").get(0).path("params").path("call_status").asInt())
                .isEqualTo(status);
    }

    @Test
    void M4_eachTransferIsANoteOfItsOwn() {
        knows(NUMBER, FIRST_STAGE);
        bring(
                found(),
                inbound().ended("7", 12, CallResult.ANSWERED),
                inbound().key("leg2").user("8").ended("8", 30, CallResult.ANSWERED));

        assertThat(notes("call_in").stream().map(n -> n.path("responsible_user_id").asText()))
                .containsExactlyInAnyOrder("7", "8");
        assertThat(notes("call_in").stream().map(n -> n.path("params").path("uniq").asText()))
                .containsExactlyInAnyOrder(CALL + "-main", CALL + "-leg2");
    }

    @Test
    void I2_writtenAtTheAnswer_I3_theDurationFollows_inTheSameNote() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        bring(client, inbound().written(Written.WITHOUT_DURATION));
        assertThat(notes("call_in")).hasSize(1);
        assertThat(notes("call_in").get(0).path("params").path("duration").asInt()).isZero();
        assertThat(notes("call_in").get(0).path("params").path("call_status").asInt()).isEqualTo(4);
        CallRecords over = inbound().ended("7", 47, CallResult.ANSWERED);
        bring(client, over.written(Written.WITHOUT_DURATION));
        bring(client, over.written(Written.WHOLE));
        bring(client, over.written(Written.WHOLE));

        assertThat(notes("call_in")).hasSize(1);
        assertThat(notes("call_in").get(0).path("params").path("duration").asInt()).isEqualTo(47);
        assertThat(requests().stream().filter(r -> r.startsWith("PATCH"))).hasSize(1);
    }

    @Test
    void T10_aStrangersCallIsNeverDroppedSilently() {
        bring(Client.UNKNOWN, outbound().ended("7", 5, CallResult.ANSWERED));

        assertThat(account.list("notes")).isEmpty();
        assertThat(steps.step("call").orElseThrow().state()).isEqualTo(Step.State.FAILED);
        assertThat(steps.step("call").orElseThrow().error().orElseThrow())
                .contains("keeps no call of a number that it does not know");
        assertThat(connector.health().get(0).reason()).contains("does not know");
        assertThat(connector.health().get(0).cure()).contains("/entities/outgoing");
    }

    @Test
    void aFailedAttemptToReachAStrangerWarnsNobody() {
        bring(Client.UNKNOWN, outbound().ended("7", 0, CallResult.MISSED));

        assertThat(steps.step("call").orElseThrow().state()).isEqualTo(Step.State.FAILED);
        assertThat(connector.health().get(0).reason()).isEmpty();
    }

    @Test
    void T10_whoWasNotLookedUpIsFoundByTheAccount() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().ended("7", 5, CallResult.ANSWERED));

        assertThat(steps.step("call").orElseThrow().crmId().orElseThrow()).startsWith("DEAL:701/");
        assertThat(notes("call_in")).hasSize(1);
    }

    @Test
    void X3_aLostReplyDoublesNoCall_neitherAtAnEntityNorByNumber() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords record = inbound().ended("7", 5, CallResult.ANSWERED);
        replyLost(() -> bring(client, record));
        bring(client, record);
        assertThat(notes("call_in")).hasSize(1);

        MemorySteps others = new MemorySteps();
        String call = "0123456789abcdef01234568";
        var decision = decision(Optional.empty(), List.of(), record);
        replyLost(() -> bring(call, others, Client.UNKNOWN, decision));
        bring(call, others, Client.UNKNOWN, decision);
        assertThat(notes("call_in")).hasSize(2);
        assertThat(others.step("call").orElseThrow().crmId().orElseThrow()).startsWith("DEAL:701/");
    }

    @Test
    void T9_aLostReplyShowsNoCardTwice_andKeepsItFromNobodyElse() {
        knows(NUMBER, FIRST_STAGE);
        account.fault("{\"kind\":\"lostReply\"}");
        bring(Client.UNKNOWN, inbound().cards("7"));
        account.heal();
        bring(Client.UNKNOWN, inbound().cards("7", "8"));
        bring(Client.UNKNOWN, inbound().cards("7"));

        assertThat(account.list("cards").stream().map(c -> c.path("user").asText()))
                .containsExactly("7", "8");
    }

    @Test
    void T9_aLostReplyCountsForTheCardsOfTheCallsOtherRecordsToo() {
        knows(NUMBER, FIRST_STAGE);
        account.fault("{\"kind\":\"lostReply\"}");
        bring(Client.UNKNOWN, inbound().cards("7"), inbound().key("2").cards("7", "8"));
        account.heal();
        bring(Client.UNKNOWN, inbound().cards("7"), inbound().key("2").cards("7", "8"));

        assertThat(account.list("cards").stream().map(c -> c.path("user").asText()))
                .containsExactly("7", "8");
    }

    @Test
    void T10_aShortNumberIsNobodys_whateverItMatches() {
        knows("+74951230911", FIRST_STAGE);
        CallRecords record = CallRecords.inbound().byHub().client("0911");
        bring(Client.UNKNOWN, record.cards("7"));
        assertThat(connector.find(account.portal, "acme", new PhoneNumber("0911", "0911"), true))
                .isEqualTo(Client.UNKNOWN);
        bring(Client.UNKNOWN, record.ended("7", 5, CallResult.ANSWERED));

        assertThat(account.list("notes")).isEmpty();
    }

    @Test
    void I3_aNoteThatADismissedUserCouldNotHaveKeepsItsWriter() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords over = inbound().user("77", "8").ended("77", 47, CallResult.ANSWERED);
        bring(client, over.written(Written.WITHOUT_DURATION));
        bring(client, over.written(Written.WHOLE));

        JsonNode params = notes("call_in").get(0).path("params");
        assertThat(params.path("duration").asInt()).isEqualTo(47);
        assertThat(params.path("call_responsible").asInt()).isEqualTo(8);
    }

    @Test
    void I3_aNoteThatWasDeletedMeanwhileIsNoTrouble() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords over = inbound().ended("7", 47, CallResult.ANSWERED);
        bring(client, over.written(Written.WITHOUT_DURATION));
        account.put("{\"notes\":[]}");
        bring(client, over.written(Written.WHOLE));

        assertThat(notes("call_in")).isEmpty();
    }

    @Test
    void T9_whoIsDeletedBetweenCardAndLookUpIsSearchedByNumber() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().cards("7"));
        account.put("{\"contacts\":[],\"leads\":[]}");

        assertThat(found().known()).isFalse();
    }

    @Test
    void O8_theClientOfADealThatACardShowedHasHisResponsible() {
        knows(NUMBER, FIRST_STAGE);
        bring(Client.UNKNOWN, inbound().cards("7"));

        assertThat(found().contact().map(Client.Found::responsible)).contains("8");
        assertThat(found().contact().map(Client.Found::name)).contains("Anna Client");
    }

    @Test
    void T10_aUserWhoIsGoneGivesWayToTheNext() {
        knows(NUMBER, FIRST_STAGE);
        bring(found(), inbound().user("77", "8").ended("77", 5, CallResult.ANSWERED));

        assertThat(notes("call_in").get(0).path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(connector.health().get(0).reason()).contains("user 77");
    }

    @Test
    void T10_aDealThatWasDeletedGivesWayToItsContact() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        knows(NUMBER);
        bring(client, inbound().ended("7", 5, CallResult.ANSWERED));

        assertThat(notes("call_in").get(0).path("entity_id").asLong()).isEqualTo(501);
    }

    @Test
    void M5_theWordsStandBesideTheCall_onceThoughTheReplyWasLost() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords record =
                inbound().ended("7", 5, CallResult.ANSWERED).transcript("Клиент: алло");
        bring(client, inbound().ended("7", 5, CallResult.ANSWERED));
        replyLost(() -> bring(client, record));
        bring(client, record);

        assertThat(notes("common")).hasSize(1);
        assertThat(notes("common").get(0).path("params").path("text").asText())
                .isEqualTo("Клиент: алло");
        assertThat(notes("common").get(0).path("entity_id").asLong()).isEqualTo(701);
    }

    @Test
    void O3_aMissedCallIsATaskToCallBack_once_andTheNextTalkCompletesIt() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords missed =
                inbound().ended("7", 0, CallResult.MISSED).callBack(false, Duration.ofHours(1));
        bring(client, missed);
        bring(client, missed);

        assertThat(account.list("tasks")).hasSize(1);
        JsonNode task = account.list("tasks").get(0);
        assertThat(task.path("entity_id").asLong()).isEqualTo(701);
        assertThat(task.path("entity_type").asText()).isEqualTo("leads");
        assertThat(task.path("task_type_id").asInt()).isEqualTo(1);
        assertThat(task.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(task.path("complete_till").asLong())
                .isEqualTo(missed.get().startedAt().plus(Duration.ofHours(1)).getEpochSecond());
        assertThat(task.path("text").asText()).contains(NUMBER);

        CallRecords talk =
                outbound().ended("8", 20, CallResult.ANSWERED).callBack(true, Duration.ofHours(1));
        bring(
                "0123456789abcdef01234568",
                new MemorySteps(),
                client,
                decision(Optional.empty(), List.of(), talk));
        assertThat(account.list("tasks").get(0).path("is_completed").asBoolean()).isTrue();
    }

    @Test
    void O3_aLostReplyMakesNoSecondTask() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        CallRecords missed =
                inbound().ended("7", 0, CallResult.MISSED).callBack(false, Duration.ofHours(1));
        bring(client, inbound().ended("7", 0, CallResult.MISSED));
        replyLost(() -> bring(client, missed));
        bring(client, missed);

        assertThat(account.list("tasks")).hasSize(1);
    }

    @Test
    void I1_theTalkerIsNotifiedWithTheDeal_once() {
        knows(NUMBER, FIRST_STAGE);
        Notice notice = new Notice("talk/7", List.of("7"), "Разговор с клиентом", true);
        var told =
                decision(
                        Optional.empty(),
                        List.of(notice),
                        inbound().ended("7", 5, CallResult.ANSWERED));
        bring(CALL, steps, found(), told);
        bring(CALL, steps, found(), told);

        assertThat(account.list("cards")).hasSize(1);
        JsonNode card = account.list("cards").get(0);
        assertThat(card.path("user").asText()).isEqualTo("7");
        assertThat(card.path("element_id").asLong()).isEqualTo(701);
    }

    @Test
    void I5_everybodyIsToldWhereADealIsOpen() {
        knows(NUMBER, FIRST_STAGE);
        Notice notice = new Notice("missed", List.of(), "Пропущенный звонок", true);
        bring(
                CALL,
                new MemorySteps(),
                found(),
                decision(
                        Optional.empty(),
                        List.of(notice),
                        inbound().ended("7", 0, CallResult.MISSED)));

        assertThat(account.list("cards")).hasSize(1);
        assertThat(account.list("cards").get(0).path("everybody").asBoolean()).isTrue();
    }
}
