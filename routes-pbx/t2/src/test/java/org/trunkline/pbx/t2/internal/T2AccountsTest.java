package org.trunkline.pbx.t2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.runtime.BackOff;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.SpeechTexts;
import org.trunkline.store.Leases;

/** From the provisioned account to the journal, over real HTTP to a t2 of the test's own. */
class T2AccountsTest {

    private static final Pace QUICK =
            new Pace(
                    Duration.ofMillis(40),
                    Duration.ofMillis(300),
                    Duration.ofMillis(80),
                    Duration.ofSeconds(20),
                    new BackOff(Duration.ofMillis(20), Duration.ofMillis(100)),
                    Duration.ofMinutes(5));

    private static final String RINGS =
            """
            [{"callType":"MULTI_CHANNEL","callerNumberFull":"79161234567",
              "calledNumberShort":"202","calledNumberFull":"79580000202"}]""";

    private final MemoryStore store = new MemoryStore();
    private final GivenLeases leases = new GivenLeases();
    private FakeT2 t2;
    private T2Accounts accounts;
    private RoutesContext routes;

    @BeforeEach
    void start() throws IOException {
        t2 = new FakeT2();
        accounts = accounts();
    }

    private T2Accounts accounts() {
        routes = RoutesContext.standalone("t2-test");
        return new T2Accounts(routes, store, store, store, leases, Clock.systemUTC(), QUICK);
    }

    @AfterEach
    void stop() {
        accounts.close();
        t2.close();
    }

    @Test
    void X2_aCallIsSeenWhileItRings_andItsRecordClosesIt() {
        provision();
        t2.calls = RINGS;
        await().until(() -> store.calls().size() == 1);
        Call live = store.calls().get(0);
        assertThat(live.state()).isEqualTo(CallState.RINGING);
        assertThat(live.client().orElseThrow().value()).isEqualTo("+79161234567");
        await().until(() -> !store.calls().get(0).legs().isEmpty());
        assertThat(store.calls().get(0).legs().get(0).extension()).contains("202");

        t2.calls = "[]";
        t2.records.add(record("u1", 12, 9));

        await().until(() -> store.calls().get(0).ended());
        Call over = store.calls().get(0);
        assertThat(over.key()).isEqualTo(live.key());
        assertThat(over.result()).contains(CallResult.ANSWERED);
        assertThat(over.talkSeconds()).isEqualTo(9);
        assertThat(store.calls()).hasSize(1);
    }

    @Test
    void X3_aCallThatNoPollSawComesFromItsRecord_once() {
        provision();
        t2.records.add(record("u2", 3, 0));

        await().until(() -> store.calls().size() == 1 && store.calls().get(0).ended());
        assertThat(store.calls().get(0).result()).contains(CallResult.MISSED);
        int told = store.journal.size();
        int looks = t2.looks.get();
        await().until(() -> t2.looks.get() > looks + 20);
        assertThat(store.journal).hasSize(told);
    }

    @Test
    void X3_allPagesOfTheRecordsAreRead() {
        for (int i = 0; i < 250; i++) {
            t2.records.add(record("many" + i, 3, 0));
        }
        provision();

        await().until(() -> store.calls().size() == 250);
        Set<String> keys = store.calls().stream().map(Call::key).collect(Collectors.toSet());
        assertThat(keys).hasSize(250).contains("t2:record:many0", "t2:record:many249");
    }

    @Test
    void anExpiredTokenIsRenewedOnce_andStored() {
        t2.access = "another";
        provision();

        await().until(() -> state().equals("connected"));
        assertThat(t2.renewals).hasValue(1);
        assertThat(store.secret("acme", "pbx/office/accessToken")).contains("a1");
        assertThat(store.secret("acme", "pbx/office/refreshToken")).contains("r1");
    }

    @Test
    void aRenewedPairThatCannotBeStoredIsNotUsedUntilItIs() {
        provision();
        await().until(() -> state().equals("connected"));
        t2.meanwhile = () -> store.broken = true;
        t2.access = "another";
        await().until(() -> t2.renewals.get() == 1);
        await().until(() -> state().equals("connecting"));
        int looks = t2.looks.get();
        await().during(Duration.ofMillis(300)).until(() -> t2.looks.get() == looks);

        store.broken = false;

        await().until(() -> state().equals("connected"));
        assertThat(t2.renewals).hasValue(1);
        assertThat(store.secret("acme", "pbx/office/refreshToken")).contains("r1");
    }

    @Test
    void whileTheStoreTakesNothingNoTokenIsSpent() {
        provision();
        await().until(() -> state().equals("connected"));
        store.broken = true;
        t2.access = "another";

        await().until(() -> state().equals("connecting"));
        await().during(Duration.ofMillis(300)).until(() -> t2.renewals.get() == 0);

        store.broken = false;
        await().until(() -> state().equals("connected"));
    }

    @Test
    void aDeadRefreshTokenIsToldWithItsCure_andNotTriedAgainAndAgain() {
        t2.access = "another";
        t2.refresh = "another";
        provision();

        await().until(() -> state().equals("refused"));
        PbxHealth health = accounts.health().get(0);
        assertThat(health.reason()).contains("refresh token");
        assertThat(health.cure()).contains("accessToken", "refreshToken");

        t2.access = "a0";
        await().until(() -> state().equals("connected"));
    }

    @Test
    void X3_anOutageLosesNothing() {
        provision();
        t2.calls = RINGS;
        await().until(() -> store.calls().size() == 1);
        t2.outage = 500;
        await().until(() -> state().equals("connecting"));
        assertThat(accounts.health().get(0).reason()).contains("500");
        assertThat(store.calls().get(0).ended()).isFalse();
        t2.calls = "[]";
        t2.records.add(record("u3", 6, 4));

        t2.outage = 0;

        await().until(() -> store.calls().get(0).ended());
        assertThat(store.calls()).hasSize(1);
        assertThat(store.calls().get(0).talkSeconds()).isEqualTo(4);
    }

    @Test
    void X3_anAnswerThatIsNoListEndsNoCall() {
        provision();
        t2.calls = RINGS;
        await().until(() -> store.calls().size() == 1);

        t2.calls = "{\"status\":\"maintenance\"}";

        await().until(() -> state().equals("connecting"));
        t2.calls = "<html>";
        int told = store.journal.size();
        await().during(Duration.ofMillis(300)).until(() -> store.journal.size() == told);
        t2.calls = RINGS;
        await().until(() -> state().equals("connected"));
        assertThat(store.calls()).hasSize(1);
        assertThat(store.calls().get(0).ended()).isFalse();
    }

    @Test
    void X3_aStoreThatCannotBeWrittenLosesNothing() {
        provision();
        await().until(() -> state().equals("connected"));
        store.broken = true;
        t2.calls = RINGS;
        await().until(() -> state().equals("connecting"));
        assertThat(store.journal).isEmpty();

        store.broken = false;

        await().until(() -> store.calls().size() == 1);
    }

    @Test
    void X3_aRestartGoesOnWithTheSameCall() {
        provision();
        t2.calls = RINGS;
        await().until(() -> store.calls().size() == 1);
        accounts.close();

        accounts = accounts();
        await().until(() -> state().equals("connected"));
        t2.calls = "[]";
        t2.records.add(record("u4", 6, 4));

        await().until(() -> store.calls().get(0).ended());
        assertThat(store.calls()).hasSize(1);
    }

    @Test
    void aHubThatDoesNotServeTheCompanyDoesNotAsk() {
        leases.become(Leases.Standing.STANDBY);
        provision();
        await().until(() -> state().equals("standby"));
        await().during(Duration.ofMillis(300)).until(() -> t2.looks.get() == 0);

        leases.become(Leases.Standing.SERVING);

        await().until(() -> state().equals("connected"));
    }

    @Test
    void M5_theWordsOfARecordAreFetched_alsoWithATokenThatExpired() {
        provisionWithTexts();
        t2.records.add(((ObjectNode) record("u5", 12, 9)).put("recordFileName", "u5 a.mp3"));
        await().until(() -> !store.calls().isEmpty() && store.calls().get(0).ended());
        t2.texts.put(
                "u5 a.mp3",
                """
                [{"channel":"A","startTime":0.1,"endTime":0.4,"word":"добрый"},
                 {"channel":"A","startTime":0.5,"endTime":0.9,"word":"день"},
                 {"channel":"B","startTime":1.2,"endTime":1.9,"word":"алло"}]""");
        t2.access = "another";

        lookForTexts();

        assertThat(words()).contains("A: добрый день\nB: алло");
        assertThat(t2.renewals).hasValue(1);
    }

    @Test
    void K3_aRecordingIsFetchedWithTheAccountsToken(@TempDir Path folder) {
        provision();
        await().until(() -> state().equals("connected"));
        Company company = store.find("acme").orElseThrow();
        Recording recording = new Recording("u7 a.mp3", "", Optional.empty());
        Path file = folder.resolve("fetched");
        assertThatThrownBy(() -> accounts.fetch("acme", company.pbx().get(0), recording, file))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("404");
        t2.sounds.put("u7 a.mp3", new byte[] {1, 2, 3});
        t2.access = "another";

        accounts.fetch("acme", company.pbx().get(0), recording, file);

        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(t2.renewals).hasValue(1);
    }

    @Test
    void M5_aRecordWithoutWordsIsNoTrouble() {
        provisionWithTexts();
        t2.records.add(((ObjectNode) record("u6", 12, 9)).put("recordFileName", "u6.mp3"));
        await().until(() -> !store.calls().isEmpty() && store.calls().get(0).ended());

        lookForTexts();

        assertThat(words()).isEmpty();
        assertThat(t2.asked).containsExactly("u6.mp3");
    }

    private void provisionWithTexts() {
        provision();
        Company bare = store.find("acme").orElseThrow();
        Integration wantsTexts =
                new Integration(
                        "i",
                        "office",
                        "main",
                        "t2-bitrix24",
                        Map.of(),
                        Json.tree("{\"speech\":{\"enabled\":true}}"));
        store.put(
                new Company("acme", "", "RU", bare.pbx(), bare.portals(), List.of(wantsTexts)),
                Json.tree("{}"),
                Map.of(),
                "test",
                Optional.empty());
    }

    private void lookForTexts() {
        routes.camel().createProducerTemplate().sendBody(SpeechTexts.look(PbxKind.T2), "");
    }

    private Optional<String> words() {
        return Optional.ofNullable(store.calls().get(0).attributes().get(Call.TRANSCRIPT));
    }

    @Test
    void theNameOfAnHttpLibraryIsNotSent() {
        provision();
        await().until(() -> state().equals("connected"));

        assertThat(t2.userAgents).containsOnly("Trunkline");
    }

    private void provision() {
        store.put("acme", Sequence.document(t2.address()));
    }

    private String state() {
        return accounts.health().stream().map(PbxHealth::state).findFirst().orElse("");
    }

    private static JsonNode record(String uuid, int lasted, int talk) {
        return Sequence.record(
                Json.tree(
                        """
                        {"uuid":"%s","at":0,"callType":"MULTI_CHANNEL","callerNumber":"79161234567",
                         "calleeNumber":"79580000202","destinationNumber":"74951000002",
                         "callDuration":%d,"conversationDuration":%d,"callStatus":"%s"}"""
                                .formatted(
                                        uuid,
                                        lasted,
                                        talk,
                                        talk > 0 ? "ANSWERED_COMMON" : "NOT_ANSWERED_COMMON")),
                Instant.now().minusSeconds(1));
    }
}
