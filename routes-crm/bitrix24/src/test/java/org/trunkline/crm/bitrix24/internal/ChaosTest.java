package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.Plans;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Fault;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;

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

    private static final List<String> CRM_METHODS =
            List.of(
                    "crm.item.add",
                    "crm.item.list",
                    "crm.item.update",
                    "crm.activity.update",
                    "crm.activity.binding.add");

    private static final List<String> FAULTS =
            List.of("lostReply", "halfReply", "reset", "invalidJson", "html", "status");

    @Test
    void X3_nothingIsLostAndNothingIsDoneTwice() throws Exception {
        plant(METHODS, 0.05);
        Map<String, MemorySteps> logs = logs();
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

        AtOnce.run(calls);
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

    @Test
    void T14_whatTheHubMakesIsMadeOnceThoughItDiesAgainAndAgain() throws Exception {
        plant(METHODS, 0.03);
        plant(CRM_METHODS, 0.02);
        Map<String, MemorySteps> logs = logs();
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String id = "call" + i;
            String client = "+7916" + (1000000 + i);
            boolean live = i % 3 > 0;
            calls.add(
                    () -> {
                        CallRecords call =
                                CallRecords.inbound()
                                        .byHub()
                                        .client(client)
                                        .startedAt(Instant.now())
                                        .user("7");
                        if (live) {
                            insist(id, logs.get(id), call.cards("7", "8"), Optional.empty());
                        }
                        Optional<WantedEntities> deal = Plans.make(Kind.DEAL, "8").get();
                        insist(id, logs.get(id), call.ended("8", 30, CallResult.ANSWERED), deal);
                        return null;
                    });
        }

        AtOnce.run(calls);
        portal.heal();

        List<JsonNode> finished =
                portal.list("calls").stream().filter(c -> c.path("finished").asBoolean()).toList();
        assertThat(finished)
                .extracting(c -> c.path("EXTERNAL_CALL_ID").asText().replace("-again", ""))
                .containsExactlyInAnyOrderElementsOf(
                        logs.keySet().stream().map(id -> id + "-main").toList());
        assertThat(portal.list("contacts")).hasSize(CALLS);
        assertThat(portal.list("deals"))
                .hasSize(CALLS)
                .extracting(deal -> deal.path("CONTACT_ID").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(portal.list("activities"))
                .hasSize(CALLS)
                .allMatch(activity -> activity.path("BINDINGS").size() == 2);
        assertThat(openCards()).as("cards that stay").isEmpty();
    }

    private Set<String> openCards() {
        Set<String> open = new HashSet<>();
        portal.list("cards")
                .forEach(
                        card -> {
                            String key = card.path("call").asText() + card.path("user").asText();
                            if (card.path("action").asText().equals("show")) {
                                open.add(key);
                            } else {
                                open.remove(key);
                            }
                        });
        return open;
    }

    private void plant(List<String> methods, double probability) {
        for (String method : methods) {
            for (String kind : FAULTS) {
                portal.fault(
                        "{\"kind\":\""
                                + kind
                                + "\",\"method\":\""
                                + method
                                + "\",\"status\":502,\"probability\":"
                                + probability
                                + "}");
            }
        }
        portal.fault("{\"kind\":\"expireToken\",\"method\":\"batch\",\"probability\":0.1}");
    }

    private static Map<String, MemorySteps> logs() {
        return IntStream.range(0, CALLS)
                .boxed()
                .collect(Collectors.toMap(i -> "call" + i, i -> new MemorySteps()));
    }

    /** The hub dies in one of twelve writes, before it is done, and goes on with what it wrote. */
    private void insist(
            String id, MemorySteps log, CallRecords call, Optional<WantedEntities> entities) {
        Random random = new Random(id.hashCode());
        Awaitility.await()
                .atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofMillis(300))
                .pollInSameThread()
                .until(
                        () -> {
                            try {
                                bring(
                                        id,
                                        new Mortal(log, random),
                                        Client.UNKNOWN,
                                        CallRecords.decision(List.of(call.get()), entities));
                                return true;
                            } catch (Fault.Retryable | Death again) {
                                return false;
                            }
                        });
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private record Mortal(MemorySteps steps, Random random) implements StepLog {

        private void mayDie() {
            if (random.nextInt(12) == 0) {
                throw new Death();
            }
        }

        @Override
        public Optional<Step> step(String name) {
            return steps.step(name);
        }

        @Override
        public void begin(String name) {
            mayDie();
            steps.begin(name);
        }

        @Override
        public void done(String name, String crmId) {
            mayDie();
            steps.done(name, crmId);
        }

        @Override
        public void ambiguous(String name, String error) {
            mayDie();
            steps.ambiguous(name, error);
        }

        @Override
        public void failed(String name, String error) {
            mayDie();
            steps.failed(name, error);
        }
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
