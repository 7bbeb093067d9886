package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fault;

/** What calls become in the simulated portal, and in how many requests. */
class CallsTest extends AgainstSandbox {

    private static final String REGISTER = "telephony.externalCall.register";
    private static final String FINISH = "telephony.externalCall.finish";

    @Test
    void T7_answeredCallShowsOneCardAndIsFinishedInTwoRequests() {
        CallRecords call = inbound().line("+74951000001").user("7").cards("7");

        bring(call);
        assertThat(portal.cards()).containsExactly("show 7");
        bring(call.cards("7"));
        bring(call.ended("7", 42, CallResult.ANSWERED));
        bring(call);

        assertThat(portal.requests()).containsExactly(REGISTER, FINISH);
        assertThat(portal.cards()).containsExactly("show 7", "hide 7");
        assertThat(steps.states())
                .isEqualTo("registeredAs DONE; register DONE; card DONE; finish DONE;");
        JsonNode stored = only("calls");
        assertThat(stored.path("finished").asBoolean()).isTrue();
        assertThat(stored.path("PORTAL_USER_ID").asText()).isEqualTo("7");
        assertThat(stored.path("CALL_DURATION").asText()).isEqualTo("42");
        assertThat(stored.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(stored.path("PORTAL_NUMBER").asText()).isEqualTo("+74951000001");
        assertThat(stored.path("EXTERNAL_CALL_ID").asText()).isEqualTo(CALL + "-main");
        assertThat(portal.list("contacts")).hasSize(1);
        assertThat(portal.list("deals")).hasSize(1);
        assertThat(portal.list("activities")).hasSize(1);
    }

    @Test
    void X9_requestsAndTheirCommandsAreCounted() {
        bring(inbound().user("7").cards("7", "8").ended("7", 42, CallResult.ANSWERED));

        assertThat(portal.requests()).hasSize(1);
        assertThat(connector.measures())
                .extracting(m -> m.name(), m -> m.value())
                .containsExactly(
                        tuple("trunkline_crm_requests", 1.0), tuple("trunkline_crm_commands", 2.0));
    }

    @Test
    void T12_callThatWasOverBeforeIsOneRequestWithItsTrueStart() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));

        bring(inbound().startedAt(yesterday).user("7").ended("8", 5, CallResult.ANSWERED));

        assertThat(portal.requests()).containsExactly("batch");
        assertThat(portal.cards()).isEmpty();
        JsonNode stored = only("calls");
        assertThat(OffsetDateTime.parse(stored.path("CALL_START_DATE").asText()).toInstant())
                .isEqualTo(yesterday.truncatedTo(ChronoUnit.SECONDS));
        assertThat(stored.path("PORTAL_USER_ID").asText()).isEqualTo("8");
    }

    @Test
    void K5_theTalkerBecomesResponsibleForWhatThePortalMade() {
        CallRecords call = inbound().user("7").cards("7", "8");

        bring(call);
        bring(call.ended("8", 9, CallResult.ANSWERED));

        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
    }

    @Test
    void missedCallIsWrittenAsMissed() {
        CallRecords call = inbound().user("7").cards("7");

        bring(call);
        bring(call.ended("9", 0, CallResult.MISSED));

        assertThat(only("calls").path("CALL_FAILED_CODE").asText()).isEqualTo("304");
        assertThat(only("calls").path("CALL_DURATION").asText()).isEqualTo("0");
        assertThat(only("activities").path("RESPONSIBLE_ID").asText()).isEqualTo("9");
    }

    @Test
    void outgoingCallIsWrittenAsOutgoing() {
        bring(
                CallRecords.outbound()
                        .startedAt(Instant.now())
                        .user("7")
                        .ended("7", 0, CallResult.CANCELLED));

        assertThat(only("calls").path("CALL_TYPE").asText()).isEqualTo("1");
        assertThat(only("calls").path("CALL_FAILED_CODE").asText()).isEqualTo("603-S");
    }

    @Test
    void T8_cardsFollowTheRinging() {
        CallRecords call = inbound().user("7").cards("7", "8", "9");

        bring(call);
        assertThat(portal.cards()).containsExactlyInAnyOrder("show 7", "show 8", "show 9");
        bring(call.cards("8"));
        assertThat(portal.cards()).endsWith("hide 7", "hide 9");
        bring(call.cards("10"));

        assertThat(portal.cards()).hasSize(7).endsWith("hide 8", "show 10");
        assertThat(portal.requests())
                .containsExactly("batch", "telephony.externalCall.hide", "batch");
        assertThat(steps.step("card").orElseThrow().crmId()).contains("10");
    }

    @Test
    void M4_eachTransferIsARecordOfItsOwn() {
        CallRecords first = inbound().user("7").ended("7", 10, CallResult.ANSWERED);
        CallRecords second = inbound().key("leg2").user("8").cards("8");

        bring(first, second);
        bring(first, second.ended("8", 20, CallResult.ANSWERED));

        assertThat(portal.list("calls"))
                .extracting(
                        c -> c.path("EXTERNAL_CALL_ID").asText(),
                        c -> c.path("PORTAL_USER_ID").asText(),
                        c -> c.path("CALL_DURATION").asText())
                .containsExactlyInAnyOrder(
                        tuple(CALL + "-main", "7", "10"), tuple(CALL + "-leg2", "8", "20"));
        assertThat(portal.list("contacts")).hasSize(1);
        assertThat(steps.states())
                .contains("register DONE")
                .contains("register:leg2 DONE")
                .contains("finish:leg2 DONE");
    }

    @Test
    void X1_theCardOfACallThatBecamePartOfAnotherGoes() {
        bring(inbound().user("7").cards("7", "8"));

        bring();
        bring();

        assertThat(portal.cards()).endsWith("hide 7", "hide 8").hasSize(4);
        assertThat(portal.requests()).containsExactly("batch", "telephony.externalCall.hide");
    }

    @Test
    void withoutCardAndOutcomeNothingIsAsked() {
        bring(inbound().user("7"));

        assertThat(portal.requests()).isEmpty();
        assertThat(steps.steps).isEmpty();
    }

    @Test
    void twoCallsOfOneClientAtOnceStayTwo() {
        CallRecords call = inbound().user("7").cards("7");
        MemorySteps other = new MemorySteps();

        bring("aaa", steps, call);
        bring("bbb", other, call);
        bring("aaa", steps, call.ended("7", 1, CallResult.ANSWERED));
        bring("bbb", other, call.ended("7", 2, CallResult.ANSWERED));

        assertThat(portal.list("calls"))
                .extracting(c -> c.path("CALL_DURATION").asText())
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void dismissedUserGivesWayToTheFallback() {
        CallRecords call = inbound().user("11", "12345", "8").cards("11");

        bring(call);
        bring(call.ended("11", 3, CallResult.ANSWERED));

        assertThat(only("calls").path("registeredBy").asText()).isEqualTo("8");
        assertThat(only("calls").path("PORTAL_USER_ID").asText()).isEqualTo("8");
        assertThat(connector.health().get(0).state()).isEqualTo("ok");
        assertThat(connector.health().get(0).reason())
                .contains("user 11 is dismissed")
                .contains("user 12345 is dismissed");
        assertThat(connector.health().get(0).cure()).contains("map the employee to an active user");
    }

    @Test
    void dismissedUserWithoutFallbackIsADataFaultThatNamesTheCure() {
        CallRecords call = inbound().user("11").ended("11", 3, CallResult.ANSWERED);

        assertThatThrownBy(() -> bring(call))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("User is not found or is not active")
                .extracting(f -> ((Fault) f).cure())
                .asString()
                .contains("map the employee");
        assertThat(steps.states()).isEqualTo("registeredAs DONE; register FAILED; finish FAILED;");
    }

    private JsonNode only(String part) {
        assertThat(portal.list(part)).hasSize(1);
        return portal.list(part).get(0);
    }
}
