package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.SimulatedPortal;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.model.RecordingPlace;
import org.trunkline.store.Leases;

/** What the simulated portal does wrong, and what must come of it all the same. */
@Timeout(120)
class FaultsTest extends AgainstSandbox {

    private static final String REGISTER = "telephony.externalCall.register";
    private static final String FINISH = "telephony.externalCall.finish";

    @ParameterizedTest
    @ValueSource(strings = {REGISTER, FINISH})
    void aLostReplyMakesNothingTwice(String method) {
        CallRecords call = inbound().user("7").cards("7");
        fault("lostReply", method);

        assertThatThrownBy(
                        () -> {
                            bring(call);
                            bring(call.ended("7", 5, CallResult.ANSWERED));
                        })
                .isInstanceOf(Fault.Retryable.class);
        assertThat(steps.states()).contains("AMBIGUOUS");
        portal.heal();
        deliver(call.ended("7", 5, CallResult.ANSWERED));

        assertOneOfEach();
        assertThat(steps.step("finish").orElseThrow().crmId())
                .contains(portal.list("activities").get(0).path("ID").asText());
    }

    @Test
    void aHubThatDoesNotServeTheCompanySendsNothing() {
        CallRecords call = inbound().user("7").cards("7");
        leases.become(Leases.Standing.DOUBTFUL);

        assertThatThrownBy(() -> bring(call))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("another hub");

        assertThat(portal.requests()).isEmpty();
        leases.become(Leases.Standing.SERVING);
        deliver(call.ended("7", 5, CallResult.ANSWERED));
        assertOneOfEach();
    }

    @Test
    void aLostReplyToAWholeBatchMakesNothingTwice() {
        CallRecords call = inbound().user("7").ended("7", 5, CallResult.ANSWERED);
        fault("lostReply", FINISH);

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        portal.heal();
        deliver(call);

        assertOneOfEach();
        assertThat(portal.requests()).containsExactly("batch 0", "voximplant.statistic.get");
    }

    @Test
    void K5_aLostRegisterIsRepeatedAsItWas_thoughAnotherEmployeeAnsweredMeanwhile() {
        CallRecords call = inbound().user("7").cards("7", "8");
        fault("lostReply", REGISTER);

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        portal.heal();
        deliver(call.user("8").ended("8", 5, CallResult.ANSWERED));

        assertOneOfEach();
        assertThat(portal.list("calls").get(0).path("PORTAL_USER_ID").asText()).isEqualTo("8");
    }

    @Test
    void aTryThatFailsForCertainDoesNotEndTheDoubtAboutTheOneBefore() {
        CallRecords call = inbound().user("7").cards("7", "8");
        fault("lostReply", REGISTER);
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        portal.heal();
        portal.fault("{\"kind\":\"expireToken\"}");
        portal.fault("{\"kind\":\"status\",\"status\":500,\"method\":\"oauth/token\"}");
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        portal.heal();

        deliver(call.user("8").ended("8", 5, CallResult.ANSWERED));

        assertOneOfEach();
    }

    @Test
    void M4_theRecordOfATransferWaitsForTheFirstWhichMakesTheClient() {
        CallRecords first = inbound().user("7").ended("7", 10, CallResult.ANSWERED);
        CallRecords second = inbound().key("leg2").user("8").ended("8", 20, CallResult.ANSWERED);
        fault("status", REGISTER);

        assertThatThrownBy(() -> bring(first, second)).isInstanceOf(Fault.Retryable.class);
        assertThat(steps.step("register:leg2")).isEmpty();
        portal.heal();
        deliver(first, second);

        assertThat(portal.list("activities")).hasSize(2);
        assertThat(portal.list("contacts")).hasSize(1);
    }

    @Test
    void aStepFoundBegunAfterACrashIsAskedFor() {
        CallRecords call = inbound().user("7").ended("7", 5, CallResult.ANSWERED);
        bring(call);
        MemorySteps afterCrash = new MemorySteps();
        afterCrash.begin("register");
        afterCrash.begin("finish");

        bring(CALL, afterCrash, call);

        assertOneOfEach();
        assertThat(afterCrash.states()).isEqualTo("register DONE; finish DONE;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "invalidJson", "halfReply", "reset", "down", "status"})
    void aPortalThatFallsSilentOrTalksNonsenseGetsTheCallInTheEnd(String kind) {
        CallRecords call = inbound().user("7").cards("7");
        fault(kind, "");

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        assertThat(health().state()).isEqualTo("retrying");
        portal.heal();
        deliver(call);
        deliver(call.ended("7", 5, CallResult.ANSWERED));

        assertOneOfEach();
        assertThat(health().state()).isEqualTo("ok");
    }

    @Test
    void anExpiredTokenIsRenewedOnceForAllAndStored() throws Exception {
        String before = portal.companies.secrets.get(portal.portal.secretKey("accessToken"));
        portal.fault("{\"kind\":\"expireToken\"}");

        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String id = "call" + i;
            calls.add(
                    () -> {
                        bring(id, new MemorySteps(), inbound().user("7").cards("7"));
                        return null;
                    });
        }
        AtOnce.run(calls);

        String after = portal.companies.secrets.get(portal.portal.secretKey("accessToken"));
        assertThat(after).isNotEqualTo(before);
        assertThat(portal.list("calls")).hasSize(8);
        assertThat(portal.requests()).containsOnlyOnce("oauth/token");
    }

    @Test
    void aPairThatCouldNotBeStoredIsNotUsedBeforeItIs() {
        portal.fault("{\"kind\":\"expireToken\"}");
        portal.companies.failSecondWrite();
        CallRecords call = inbound().user("7").cards("7");

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        assertThat(portal.list("calls")).isEmpty();
        bring(call);

        assertThat(portal.list("calls")).hasSize(1);
        assertThat(portal.requests()).containsExactly(REGISTER + " 401", "oauth/token", REGISTER);
    }

    @Test
    void T3_aTokenThatEndsWithinAMinuteIsRenewedBeforeItIsUsed() {
        portal.put("{\"tokenSeconds\":62}");
        portal.fault("{\"kind\":\"expireToken\"}");
        bring("first", new MemorySteps(), inbound().user("7").cards("7"));
        bring("second", new MemorySteps(), inbound().user("7").cards("7"));
        assertThat(portal.requests())
                .containsExactly(REGISTER + " 401", "oauth/token", REGISTER, REGISTER);

        Instant renewed = Instant.now();
        Awaitility.await().until(() -> Instant.now().isAfter(renewed.plusMillis(2100)));
        bring("third", new MemorySteps(), inbound().user("7").cards("7"));

        assertThat(portal.requests().subList(4, 6)).containsExactly("oauth/token", REGISTER);
    }

    @Test
    void whileTheStoreTakesNothingNoTokenIsSpent() {
        portal.fault("{\"kind\":\"expireToken\"}");
        portal.companies.failingWrites.set(1);
        CallRecords call = inbound().user("7").cards("7");

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        assertThat(portal.requests()).containsExactly(REGISTER + " 401");
    }

    @Test
    void aRevokedAuthorisationPausesThePortalUntilItIsInstalledAgain() {
        portal.fault("{\"kind\":\"revokeToken\"}");
        CallRecords call = inbound().user("7").cards("7");

        Fault first = catchThrowableOfType(Fault.Auth.class, () -> bring(call));
        assertThat(first.cure()).contains("install it in the portal again");
        int asked = portal.requests().size();
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Auth.class);
        assertThat(portal.requests()).hasSize(asked);
        assertThat(health().state()).isEqualTo("unauthorized");
        assertThat(health().cure()).contains("install it in the portal again");

        portal.install();
        bring(call);

        assertThat(portal.list("calls")).hasSize(1);
        assertThat(health().state()).isEqualTo("ok");
    }

    @Test
    void aRenewalThatFailsForNowIsTriedAgain() {
        portal.fault("{\"kind\":\"expireToken\"}");
        portal.fault("{\"kind\":\"status\",\"status\":500,\"method\":\"oauth/token\"}");
        CallRecords call = inbound().user("7").cards("7");

        assertThatThrownBy(() -> bring(call))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("authorisation server answered 500");
        portal.heal();
        bring(call);

        assertThat(portal.list("calls")).hasSize(1);
        assertThat(steps.states()).isEqualTo("registeredAs DONE; register DONE; card DONE;");
    }

    @Test
    void aSpentRefreshTokenPausesThePortal() {
        portal.fault("{\"kind\":\"expireToken\"}");
        portal.companies.with(portal.portal.secretKey("refreshToken"), "spent");
        CallRecords call = inbound().user("7").cards("7");

        assertThatThrownBy(() -> bring(call))
                .isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("refused to renew");
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Auth.class);

        assertThat(portal.requests()).hasSize(2);
        assertThat(steps.states()).isEqualTo("registeredAs DONE; register FAILED; card FAILED;");
    }

    @Test
    void aRenamedPortalIsFollowedWithoutTurningPostIntoGet() {
        SimulatedPortal renamed =
                new SimulatedPortal(sandboxAddress(), CrmKind.BITRIX24, "renamed");
        renamed.companies.secrets.forEach(portal.companies.secrets::put);
        portal.put("{\"movedTo\":\"" + renamed.portal.address() + "\"}");

        bring(inbound().user("7").cards("7"));
        portal.put("{\"movedTo\":\"http://127.0.0.1:9\"}");
        bring(inbound().user("7").cards("8"));

        assertThat(renamed.list("calls")).hasSize(1);
        assertThat(renamed.cards()).contains("show 8");
    }

    @Test
    void aStoppedConnectorLeavesTheCallForLater() {
        connector.stop();

        assertThatThrownBy(() -> bring(inbound().user("7").cards("7")))
                .isInstanceOf(Fault.Retryable.class);
    }

    @Test
    void aPortalThatIsNoLongerProvisionedIsNoLongerNamed() {
        bring(inbound().user("7").cards("7"));
        assertThat(connector.health()).hasSize(1);

        portal.companies.portals.clear();

        assertThat(connector.health()).isEmpty();
    }

    @Test
    void aPortalThatTheVendorBlockedIsLeftAloneAndNamedInHealth() {
        portal.fault("{\"kind\":\"status\",\"status\":503,\"error\":\"OVERLOAD_LIMIT\"}");
        CallRecords call = inbound().user("7").cards("7");

        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);

        assertThat(portal.requests()).hasSize(1);
        assertThat(health().cure()).contains("ask Bitrix24 support");
    }

    @Test
    void anUnknownHostIsNamedWithItsCureAndNotAskedWithoutEnd() {
        Portal nowhere =
                new Portal(
                        "main",
                        CrmKind.BITRIX24,
                        "",
                        URI.create("https://no-such-portal.invalid"),
                        true);
        Wanted wanted =
                CallRecords.wanted(
                        CallRecords.decision(List.of(inbound().cards("7").get()), Optional.empty()),
                        Client.UNKNOWN,
                        new RecordingPlace.Nowhere(""));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> connector.bring(nowhere, "acme", CALL, wanted, steps))
                    .isInstanceOf(Fault.Retryable.class)
                    .hasMessageContaining("no-such-portal.invalid");
        }

        assertThat(health().reason()).contains("no such host");
        assertThat(health().cure()).contains("portal's address");
        assertThat(steps.states()).isEqualTo("registeredAs DONE; register FAILED; card FAILED;");
    }

    private void fault(String kind, String method) {
        portal.fault("{\"kind\":\"" + kind + "\",\"method\":\"" + method + "\"}");
    }

    private PortalHealth health() {
        return connector.health().get(0);
    }

    private void assertOneOfEach() {
        for (String part : List.of("calls", "contacts", "deals", "activities")) {
            assertThat(portal.list(part)).as(part).hasSize(1);
        }
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
    }
}
