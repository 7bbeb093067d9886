package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** batch, against bitrix24.md section 1. */
class BatchTest {
    private static final String REGISTER =
            "telephony.externalCall.register?USER_ID=7&PHONE_NUMBER=%2B79161234567&TYPE=2&SHOW=0";
    private final TestPortal portal = new TestPortal();

    private JsonNode batch(String cmd) {
        return portal.result("batch", "{\"halt\":0,\"cmd\":" + cmd + "}");
    }

    @Test
    void aLaterCommandTakesTheResultOfAnEarlierOne() {
        JsonNode result =
                batch(
                        "{\"reg\":\""
                                + REGISTER
                                + "\","
                                + "\"fin\":\"telephony.externalCall.finish?CALL_ID=$result[reg][CALL_ID]&USER_ID=8&DURATION=4\","
                                + "\"rec\":\"telephony.externalCall.attachRecord?CALL_ID=$result[reg][CALL_ID]&FILENAME=a.wav\"}");
        assertThat(result.path("result").path("fin").path("CALL_ID"))
                .isEqualTo(result.path("result").path("reg").path("CALL_ID"));
        assertThat(result.path("result").path("rec").path("uploadUrl").asText())
                .contains(portal.token());
        assertThat(portal.state().path("calls").path(0).path("CALL_DURATION").asText())
                .isEqualTo("4");
    }

    @Test
    void emptyMapsComeAsLists() {
        JsonNode result = batch("{\"reg\":\"" + REGISTER + "\"}");
        assertThat(result.path("result_error").isArray()).isTrue();
        assertThat(result.path("result_next").isArray()).isTrue();
        assertThat(result.path("result").isObject()).isTrue();
        assertThat(batch("{}").path("result").isArray()).isTrue();
    }

    @Test
    void aReferenceToAFailedCommandIsEmpty() {
        JsonNode result =
                batch(
                        "{\"reg\":\"telephony.externalCall.register?USER_ID=99&PHONE_NUMBER=1&TYPE=2\","
                                + "\"fin\":\"telephony.externalCall.finish?CALL_ID=$result[reg][CALL_ID]&USER_ID=7\"}");
        assertThat(result.path("result_error").path("fin").path("error_description").asText())
                .isEqualTo("Call is not found (call should be registered prior to finishing");
    }

    @Test
    void oneFailureDoesNotStopTheOthersUnlessHalt() {
        String cmd = "{\"bad\":\"no.such.method\",\"good\":\"user.current\"}";
        assertThat(batch(cmd).path("result").has("good")).isTrue();
        JsonNode halted = portal.result("batch", "{\"halt\":1,\"cmd\":" + cmd + "}");
        assertThat(halted.path("result")).isEmpty();
        assertThat(halted.path("result_error").size()).isEqualTo(1);
        assertThat(halted.path("result_error").path("bad").path("error").asText())
                .isEqualTo("ERROR_METHOD_NOT_FOUND");
    }

    @Test
    void commandsAbove50FailAndNestingIsRefused() {
        String cmd =
                IntStream.rangeClosed(1, 51)
                        .mapToObj(i -> "\"c" + i + "\":\"user.current\"")
                        .collect(Collectors.joining(",", "{", "}"));
        JsonNode result = batch(cmd);
        assertThat(result.path("result").size()).isEqualTo(50);
        assertThat(result.path("result_error").path("c51").path("error").asText())
                .isEqualTo("ERROR_BATCH_LENGTH_EXCEEDED");
        assertThat(
                        batch("{\"b\":\"batch?x=1\"}")
                                .path("result_error")
                                .path("b")
                                .path("error")
                                .asText())
                .isEqualTo("ERROR_BATCH_METHOD_NOT_ALLOWED");
    }

    @Test
    void commandsRunOneAfterAnotherAndCostTheirTime() {
        Instant before = portal.clock().instant();
        batch("{\"a\":\"" + REGISTER + "\",\"b\":\"user.current\",\"c\":\"user.current\"}");
        assertThat(java.time.Duration.between(before, portal.clock().instant()).toMillis())
                .isEqualTo(300);
        portal.put("{\"clock\":{\"factor\":0}}");
        before = portal.clock().instant();
        batch("{\"a\":\"user.current\"}");
        assertThat(portal.clock().instant()).isEqualTo(before);
    }

    @Test
    void theLedgerCountsTheCommands() {
        batch("{\"a\":\"user.current\",\"b\":\"app.info\"}");
        JsonNode ledger = portal.state().path("ledger");
        JsonNode last = ledger.path(ledger.size() - 1);
        assertThat(last.path("method").asText()).isEqualTo("batch");
        assertThat(last.path("status").asInt()).isEqualTo(200);
        assertThat(last.path("commands").asInt()).isEqualTo(2);
    }

    @Test
    void theLedgerNamesTheNumbersWhoseCardsWereAskedFor() {
        batch(
                "{\"a\":\""
                        + REGISTER
                        + "\",\"b\":\"telephony.externalCall.show?CALL_ID=$result[a][CALL_ID]\""
                        + ",\"c\":\""
                        + REGISTER.replace("567", "568").replace("SHOW=0", "SHOW=1")
                        + "\",\"d\":\""
                        + REGISTER.replace("567", "569")
                        + "\"}");
        String known = portal.state().path("calls").path(2).path("CALL_ID").asText();
        batch("{\"a\":\"telephony.externalCall.show?CALL_ID=" + known + "\"}");

        JsonNode ledger = portal.state().path("ledger");
        JsonNode last = ledger.path(ledger.size() - 1);
        assertThat(ledger.path(ledger.size() - 2).path("shows"))
                .extracting(JsonNode::asText)
                .containsExactly("+79161234567", "+79161234568");
        assertThat(last.path("shows")).extracting(JsonNode::asText).containsExactly("+79161234569");
        assertThat(last.path("micros").asLong() / 1000)
                .isEqualTo(Instant.parse(last.path("at").asText()).toEpochMilli());
    }

    @Test
    void aBatchLongerThanTheLimitIsCutOffAndWhatRanStaysDone() {
        portal.put("{\"timeoutSeconds\":0.5}");
        String cmd =
                "{\"a\":\""
                        + REGISTER
                        + "\",\"b\":\"user.current\",\"c\":\""
                        + REGISTER.replace("567", "568")
                        + "\",\"d\":\""
                        + REGISTER.replace("567", "569")
                        + "\"}";
        assertThat(portal.reply("batch", "{\"cmd\":" + cmd + "}").status()).isEqualTo(504);
        assertThat(portal.state().path("calls")).hasSize(2);
    }

    @Test
    void keysThatCountFromZeroComeAsAList() {
        assertThat(batch("[\"user.current\",\"app.info\"]").path("result").isArray()).isTrue();
    }
}
