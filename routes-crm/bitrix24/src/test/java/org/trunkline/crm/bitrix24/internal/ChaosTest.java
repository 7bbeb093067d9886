package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fault;

/** Many calls at once through a portal on which everything goes wrong at random. */
@Timeout(180)
class ChaosTest extends AgainstSandbox {

    private static final int CALLS = 40;

    /** Not those of the authorisation server: a reply lost there costs the authorisation. */
    private static final List<String> METHODS =
            List.of(
                    "telephony.externalCall.register",
                    "telephony.externalCall.finish",
                    "telephony.externalCall.hide",
                    "voximplant.statistic.get");

    private static final List<String> FAULTS =
            List.of("lostReply", "halfReply", "reset", "invalidJson", "html", "status");

    @Test
    void X3_nothingIsLostAndNothingIsDoneTwice() throws Exception {
        for (String method : METHODS) {
            for (String kind : FAULTS) {
                portal.fault(
                        "{\"kind\":\""
                                + kind
                                + "\",\"method\":\""
                                + method
                                + "\",\"status\":502,\"probability\":0.05}");
            }
        }
        portal.fault("{\"kind\":\"expireToken\",\"method\":\"batch\",\"probability\":0.1}");
        Map<String, MemorySteps> logs =
                IntStream.range(0, CALLS)
                        .boxed()
                        .collect(Collectors.toMap(i -> "call" + i, i -> new MemorySteps()));
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String id = "call" + i;
            String client = "+7916" + (1000000 + i);
            boolean live = i % 3 > 0;
            calls.add(
                    () -> {
                        CallRecords call =
                                CallRecords.inbound()
                                        .client(client)
                                        .startedAt(Instant.now())
                                        .user("7");
                        if (live) {
                            insist(id, logs.get(id), call.cards("7", "8"));
                            insist(id, logs.get(id), call.cards("8"));
                        }
                        insist(id, logs.get(id), call.ended("8", 30, CallResult.ANSWERED));
                        return null;
                    });
        }

        atOnce(calls);
        portal.heal();

        List<JsonNode> finished =
                portal.list("calls").stream().filter(c -> c.path("finished").asBoolean()).toList();
        assertThat(finished)
                .extracting(c -> c.path("EXTERNAL_CALL_ID").asText())
                .containsExactlyInAnyOrderElementsOf(
                        logs.keySet().stream().map(id -> id + "-main").toList());
        assertThat(portal.list("calls")).as("none left unfinished").hasSize(CALLS);
        assertThat(portal.list("activities")).hasSize(CALLS);
        assertThat(portal.list("contacts")).hasSize(CALLS);
        assertThat(portal.list("deals")).hasSize(CALLS);
        assertThat(portal.list("ledger"))
                .as("refused for our pace")
                .noneMatch(e -> e.path("status").asInt() == 503);
        assertThat(logs.values()).allMatch(log -> log.states().contains("finish DONE"));
    }

    private void insist(String id, MemorySteps log, CallRecords call) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofMillis(300))
                .pollInSameThread()
                .until(
                        () -> {
                            try {
                                bring(id, log, call);
                                return true;
                            } catch (Fault.Retryable again) {
                                return false;
                            }
                        });
    }
}
