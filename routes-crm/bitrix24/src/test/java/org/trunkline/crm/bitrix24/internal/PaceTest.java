package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fault;

/** The courier under load, against the simulated portal's own limits. */
@Timeout(120)
class PaceTest extends AgainstSandbox {

    private static final String REGISTER = "telephony.externalCall.register";
    private static final String FINISH = "telephony.externalCall.finish";

    @Test
    void oneCommandsFailureInABatchIsNoOthers() throws Exception {
        exhaustTheBucket();
        portal.put("{\"ledger\":[]}");
        List<Callable<Void>> calls = new ArrayList<>();
        List<String> failed = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 12; i++) {
            String id = "call" + i;
            String user = i == 5 ? "404404" : "7";
            calls.add(
                    () -> {
                        try {
                            bring(
                                    id,
                                    new MemorySteps(),
                                    inbound().user(user).ended("7", 1, CallResult.ANSWERED));
                        } catch (Fault.Data e) {
                            failed.add(id);
                        }
                        return null;
                    });
        }
        AtOnce.run(calls);

        assertThat(failed).containsExactly("call5");
        assertThat(portal.list("calls"))
                .filteredOn(c -> c.path("finished").asBoolean())
                .hasSize(11);
        assertThat(portal.requests()).hasSizeLessThan(6).containsOnly("batch");
    }

    @Test
    void X8_aBurstIsCoalescedAndNeverRefusedForItsPace() throws Exception {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String id = "call" + i;
            calls.add(
                    () -> {
                        bring(id, new MemorySteps(), inbound().user("7").cards("7"));
                        return null;
                    });
        }
        AtOnce.run(calls);

        assertThat(portal.list("calls")).hasSize(120);
        assertThat(portal.cards()).hasSize(120);
        List<JsonNode> ledger = portal.list("ledger");
        assertThat(ledger).extracting(e -> e.path("status").asInt()).containsOnly(200);
        assertThat(ledger).hasSizeLessThan(60);
        assertThat(ledger).anyMatch(e -> e.path("commands").asInt() > 10);
    }

    @Test
    void aFullBucketOfOthersIsBackedOffFrom() {
        portal.put("{\"bucket\":{\"limit\":0}}");
        CallRecords call = inbound().user("7").cards("7");
        Thread later =
                new Thread(
                        () -> {
                            Awaitility.await().until(() -> portal.requests().size() == 2);
                            portal.put("{\"bucket\":{\"limit\":50}}");
                        });
        later.start();

        bring(call);

        assertThat(portal.requests())
                .containsExactly(REGISTER + " 503", REGISTER + " 503", REGISTER);
    }

    @Test
    void anExhaustedMethodPausesAloneAndSaysUntilWhen() {
        CallRecords call = inbound().user("7").cards("7");
        bring(call);
        portal.fault(
                "{\"kind\":\"status\",\"status\":429,\"method\":\""
                        + FINISH
                        + "\",\"error\":\"OPERATION_TIME_LIMIT\"}");

        Fault.Retryable paused =
                catchThrowableOfType(
                        Fault.Retryable.class,
                        () -> bring(call.ended("7", 1, CallResult.ANSWERED)));
        bring("other", new MemorySteps(), inbound().user("7").cards("7"));

        assertThat(paused.retryAfter().orElseThrow().toSeconds()).isBetween(1L, 600L);
        assertThat(portal.requests()).containsExactly(REGISTER, FINISH + " 429", REGISTER);
    }

    private void exhaustTheBucket() throws Exception {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = "filler" + i;
            calls.add(
                    () -> {
                        bring(id, new MemorySteps(), inbound().user("7").cards("7"));
                        return null;
                    });
        }
        AtOnce.run(calls);
    }
}
