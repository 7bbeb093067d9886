package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallResult;
import org.trunkline.model.ChangedEntities;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Notice;
import org.trunkline.model.PhoneNumber;

/** Activities, transcripts, messages and another telephony's entities in the simulated portal. */
class AfterwardsTest extends AgainstSandbox {

    private static final Client.Found DEAL =
            new Client.Found(EntityKind.DEAL, "14", "Pot", "9", true);
    private static final Client KNOWN =
            new Client(
                    Optional.of(new Client.Found(EntityKind.CONTACT, "11", "Olga", "7", true)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(DEAL));

    @Test
    void O3_aSuccessfulCallHandlesTheMissedOnesBefore() {
        seed();
        bring("aaa", new MemorySteps(), missed());
        bring("bbb", new MemorySteps(), missed());
        assertThat(completed()).containsExactly("N", "N");

        bring("ccc", new MemorySteps(), answered());

        assertThat(completed()).containsExactly("Y", "Y", "Y");
    }

    @Test
    void O3_anotherClientsMissedCallsStayToBeDone() {
        seed();
        bring("aaa", new MemorySteps(), missed().client("+79160000000"));

        bring("bbb", new MemorySteps(), answered());

        assertThat(completed()).containsExactly("N", "Y");
    }

    @Test
    void O3_anOutgoingCallThatNobodyTookIsToBeDone() {
        seed();

        bring(
                CallRecords.outbound()
                        .byHub()
                        .startedAt(Instant.now())
                        .user("7")
                        .ended("7", 0, CallResult.MISSED)
                        .activity(true, false, false));

        assertThat(completed()).containsExactly("N");
    }

    @Test
    void O3_whereThePortalMakesTheEntitiesItKeepsTheActivitiesToo() {
        bring(inbound().user("7").ended("7", 5, CallResult.ANSWERED));

        assertThat(portal.requests()).containsExactly("batch");
    }

    @Test
    void O2_anUnwantedActivityGoesAndTheCallStays() {
        seed();
        bring(answered().activity(false, false, false));
        bring(answered().activity(false, false, false));

        assertThat(portal.list("activities")).isEmpty();
        assertThat(only("calls").path("finished").asBoolean()).isTrue();
        assertThat(steps.states()).contains("activity DONE");
    }

    @Test
    void M5_theWordsAreAtTheCallOnceThoughTheReplyWasLost() {
        seed();
        CallRecords call = answered().transcript("Hello");
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"telephony.call.attachTranscription\"}");
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        portal.heal();

        deliver(call);
        deliver(call);

        JsonNode message = only("transcripts").path("MESSAGES").path(0);
        assertThat(message.path("MESSAGE").asText()).isEqualTo("Hello");
        assertThat(message.path("SIDE").asText()).isEqualTo("User");
    }

    @Test
    void I1_theTalkerIsToldOnceWithALinkToTheDeal() {
        seed();
        Notice notice = new Notice("talk/8", List.of("8"), "Разговор: Olga", true);

        tell(notice);
        tell(notice);

        JsonNode told = only("notifications");
        assertThat(told.path("USER_ID").asText()).isEqualTo("8");
        assertThat(told.path("MESSAGE").asText())
                .isEqualTo(
                        "Разговор: Olga [URL="
                                + portal.portal.address()
                                + "/crm/deal/details/14/]Сделка[/URL]");
    }

    @Test
    void I1_aLostReplyTellsNobodyTwice() {
        seed();
        Notice notice = new Notice("talk/8", List.of("8"), "Разговор: Olga", true);
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"im.notify.personal.add\"}");
        assertThatThrownBy(() -> tell(notice)).isInstanceOf(Fault.Retryable.class);
        portal.heal();

        tell(notice);

        only("notifications");
    }

    @Test
    void I5_everybodyMeansEveryEmployeeWhoIsNotDismissed() {
        seed();
        long active =
                portal.list("users").stream().filter(u -> u.path("ACTIVE").asBoolean()).count();

        tell(new Notice("missed", List.of(), "Пропущенный звонок", true));

        assertThat(portal.list("notifications")).hasSize((int) active).hasSizeGreaterThan(1);
    }

    @Test
    void O7_onlyWhatWasChangedDuringTheCallIsFilled() {
        Instant now = Instant.now();
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","PHONE":"+79161234567",
                              "DATE_MODIFY":"2026-01-01T10:00:00+03:00"}],
                 "deals":[{"ID":"14","TITLE":"Pot","CONTACT_ID":"11","UF_CRM_FIRST":"",
                           "DATE_MODIFY":"%s"}]}"""
                        .formatted(now.minusSeconds(5)));
        ChangedEntities changed = changed(now);

        other(changed);
        int requests = portal.requests().size();
        other(changed);

        assertThat(portal.requests()).hasSize(requests);
        assertThat(only("deals").path("UF_CRM_LINE").asText()).isEqualTo("+74951000002");
        assertThat(only("deals").path("UF_CRM_FIRST").asText()).isEqualTo("call-1");
        assertThat(only("contacts").has("UF_CRM_LINE")).isFalse();
        assertThat(portal.list("calls")).isEmpty();
    }

    @Test
    void O7_eachThatWasChangedIsFilled() {
        Instant now = Instant.now();
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","PHONE":"+79161234567",
                              "DATE_MODIFY":"%1$s"}],
                 "deals":[{"ID":"14","TITLE":"Pot","CONTACT_ID":"11","DATE_MODIFY":"%1$s"},
                          {"ID":"15","TITLE":"Pan","CONTACT_ID":"11","DATE_MODIFY":"%1$s"},
                          {"ID":"16","TITLE":"Other","CONTACT_ID":"99","DATE_MODIFY":"%1$s"}]}"""
                        .formatted(now.minusSeconds(5)));

        other(changed(now));

        assertThat(only("contacts").path("UF_CRM_LINE").asText()).isEqualTo("+74951000002");
        assertThat(portal.list("deals"))
                .extracting(deal -> deal.path("UF_CRM_LINE").asText())
                .containsExactly("+74951000002", "+74951000002", "");
    }

    @Test
    void O7_aFirstCommunicationThatIsThereStays() {
        Instant now = Instant.now();
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","PHONE":"+79161234567",
                              "UF_CRM_FIRST":"call-0","DATE_MODIFY":"%s"}]}"""
                        .formatted(now.minusSeconds(5)));

        other(changed(now));

        assertThat(only("contacts").path("UF_CRM_FIRST").asText()).isEqualTo("call-0");
        assertThat(only("contacts").path("UF_CRM_LINE").asText()).isEqualTo("+74951000002");
    }

    private static ChangedEntities changed(Instant now) {
        return new ChangedEntities(
                new PhoneNumber("+79161234567", ""),
                now.minusSeconds(60),
                now,
                Map.of("UF_CRM_LINE", "+74951000002"),
                Optional.of(new ChangedEntities.FirstCommunication("UF_CRM_FIRST", "call-1")));
    }

    private void other(ChangedEntities changed) {
        bring(
                CALL,
                steps,
                Client.UNKNOWN,
                new Decision(
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(changed),
                        Optional.empty(),
                        List.of()));
    }

    private void tell(Notice notice) {
        bring(
                CALL,
                steps,
                KNOWN,
                new Decision(
                        List.of(),
                        Optional.empty(),
                        List.of(notice),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private void seed() {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","ASSIGNED_BY_ID":"7","PHONE":"+79161234567"},
                             {"ID":"12","NAME":"Petr","ASSIGNED_BY_ID":"7","PHONE":"+79160000000"}],
                 "deals":[{"ID":"14","TITLE":"Pot","ASSIGNED_BY_ID":"9","CONTACT_ID":"11"}]}""");
    }

    private static CallRecords missed() {
        return inbound()
                .byHub()
                .user("7")
                .ended("7", 0, CallResult.MISSED)
                .activity(true, false, false);
    }

    private static CallRecords answered() {
        return inbound().byHub().user("7").ended("7", 5, CallResult.ANSWERED);
    }

    private List<String> completed() {
        return portal.list("activities").stream().map(a -> a.path("COMPLETED").asText()).toList();
    }

    private JsonNode only(String part) {
        assertThat(portal.list(part)).as(part).hasSize(1);
        return portal.list(part).get(0);
    }
}
