package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/** The account's limits, and its refusals. */
class LimitsTest extends AgainstAccount {

    private static final int CALLS = 60;

    private static String number(int i) {
        return "+7916000" + (1000 + i);
    }

    private static Client client(int i) {
        return new Client(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Client.Found(
                                EntityKind.DEAL, Integer.toString(10_000 + i), "", "", true)));
    }

    private void knowsAll() {
        ObjectNode state = Json.MAPPER.createObjectNode();
        ArrayNode leads = state.putArray("leads");
        for (int i = 0; i < CALLS; i++) {
            leads.addObject()
                    .put("id", 10_000 + i)
                    .put("name", "Deal " + i)
                    .put("responsible_user_id", 7)
                    .put("pipeline_id", PIPELINE)
                    .put("status_id", FIRST_STAGE);
        }
        account.put(state.toString());
    }

    private List<Callable<Void>> calls(CallRecords record) {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int one = i;
            calls.add(
                    () -> {
                        MemorySteps log = new MemorySteps();
                        String call = "0123456789abcdef012345" + (10 + one);
                        deliver(
                                () ->
                                        bring(
                                                call,
                                                log,
                                                client(one),
                                                decision(Optional.empty(), List.of(), record)));
                        return null;
                    });
        }
        return calls;
    }

    @Test
    void X8_aBurstIsCoalesced_andNeverRefusedForItsPace() throws Exception {
        knowsAll();
        AtOnce.run(calls(inbound().ended("7", 5, CallResult.ANSWERED)));

        assertThat(notes("call_in")).hasSize(CALLS);
        assertThat(account.state().path("rate").path("refused").asInt()).isZero();
        assertThat(requests()).hasSizeLessThan(CALLS / 4);
    }

    @Test
    void X8_oneWrongItemKeepsNoOtherBack() throws Exception {
        knowsAll();
        MemorySteps wrong = new MemorySteps();
        List<Callable<Void>> calls = calls(inbound().ended("7", 5, CallResult.ANSWERED));
        calls.add(
                () -> {
                    Client odd =
                            new Client(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(
                                            new Client.Found(
                                                    EntityKind.DEAL, "999", "", "", true)));
                    bring(
                            "fedcba9876543210fedcba98",
                            wrong,
                            odd,
                            decision(
                                    Optional.empty(),
                                    List.of(),
                                    inbound().ended("7", 5, CallResult.ANSWERED)));
                    return null;
                });
        AtOnce.run(calls);

        assertThat(notes("call_in")).hasSize(CALLS);
    }

    @Test
    void X8_429_isWaitedOut_andTheCallIsWrittenOnce() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        account.fault("{\"kind\":\"status\",\"status\":429,\"forSeconds\":2}");
        deliver(() -> bring(client, inbound().ended("7", 5, CallResult.ANSWERED)));

        assertThat(notes("call_in")).hasSize(1);
        assertThat(requests().stream().filter(r -> r.startsWith("POST")))
                .as("one now, one after a second or more, perhaps one after two more")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void X8_403_afterA429_isABlock_andTheAccountIsLeftAlone() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        account.fault("{\"kind\":\"status\",\"status\":429,\"forSeconds\":0.5}");
        account.fault("{\"kind\":\"status\",\"status\":403,\"forSeconds\":60}");
        assertThatThrownBy(() -> bring(client, inbound().ended("7", 5, CallResult.ANSWERED)))
                .isInstanceOf(Fault.Retryable.class);
        int asked = requests().size();
        assertThatThrownBy(() -> bring(client, inbound().ended("7", 5, CallResult.ANSWERED)))
                .isInstanceOf(Fault.Retryable.class);

        assertThat(requests()).hasSize(asked);
        assertThat(connector.health().get(0).reason()).contains("blocked");
        assertThat(connector.health().get(0).cure()).contains("pace");
    }

    @Test
    void X9_403_alone_isAMissingRight() {
        knows(NUMBER, FIRST_STAGE);
        Client client = found();
        account.fault(
                "{\"kind\":\"status\",\"status\":403,\"forSeconds\":60,"
                        + "\"body\":{\"title\":\"Forbidden\",\"status\":403}}");

        assertThatThrownBy(() -> bring(client, inbound().ended("7", 5, CallResult.ANSWERED)))
                .isInstanceOf(Fault.Auth.class);
        assertThat(connector.health().get(0).state()).isEqualTo("unauthorized");
        assertThat(connector.health().get(0).cure()).contains("administrator");
    }

    @Test
    void X9_402_saysThatTheAccountIsNotPaid() {
        account.fault("{\"kind\":\"status\",\"status\":402,\"forSeconds\":60}");

        assertThatThrownBy(() -> bring(Client.UNKNOWN, inbound().cards("7")))
                .isInstanceOf(Fault.Auth.class);
        assertThat(connector.health().get(0).cure()).contains("not paid");
    }

    @Test
    void T3_anExpiredTokenIsRenewedOnce_andTheCallGoesOn() throws Exception {
        knowsAll();
        account.fault("{\"kind\":\"expireToken\"}");
        account.heal();
        AtOnce.run(calls(inbound().ended("7", 5, CallResult.ANSWERED)).subList(0, 8));

        assertThat(notes("call_in")).hasSize(8);
        assertThat(requests().stream().filter(r -> r.contains("oauth2"))).hasSize(1);
    }
}
