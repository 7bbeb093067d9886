package org.trunkline.pbx.asterisk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.PbxHealth;
import org.trunkline.pbx.asterisk.internal.ami.AmiSettings.Timing;
import org.trunkline.pbx.asterisk.internal.ami.FakeAmi;
import org.trunkline.runtime.BackOff;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Leases;

/** From the provisioned account to the journal, over a real socket and a real Camel context. */
class AsteriskAccountsTest {
    private static final Timing QUICK =
            new Timing(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(5),
                    new BackOff(Duration.ofMillis(20), Duration.ofMillis(100)),
                    new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(5)));

    private final MemoryStore store = new MemoryStore();
    private final GivenLeases leases = new GivenLeases();
    private FakeAmi pbx;
    private RoutesContext routes;
    private AsteriskAccounts accounts;

    @BeforeEach
    void start() throws IOException {
        pbx = new FakeAmi();
        routes =
                RoutesContext.standalone("asterisk-test")
                        .with("journal", new JournalComponent(store))
                        .start();
        accounts = new AsteriskAccounts(routes, store, store, leases, Clock.systemUTC(), QUICK);
    }

    @AfterEach
    void stop() throws IOException {
        accounts.close();
        routes.close();
        pbx.close();
    }

    @Test
    void anAccountProvisionedWhileRunningIsConnectedAndItsCallsReachTheJournal()
            throws IOException {
        assertThat(accounts.health()).isEmpty();
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();

        pbx.send(capture("inbound-answered"));

        await().until(() -> store.calls().size() == 1 && store.calls().get(0).ended());
        Call call = store.calls().get(0);
        assertThat(call.company()).isEqualTo("acme");
        assertThat(call.account()).isEqualTo("office");
        assertThat(call.key()).isEqualTo("1795290262.0");
        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.client().orElseThrow().value()).isEqualTo("+79161234567");
    }

    @Test
    void aBrokenStoreLosesNothing() throws IOException {
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();
        store.broken = true;
        pbx.send(capture("inbound-answered"));
        pbx.send(capture("outbound-answered"));
        await().during(Duration.ofMillis(300)).until(store.journal::isEmpty);

        store.broken = false;

        await().until(() -> store.calls().stream().filter(Call::ended).count() == 2);
        assertThat(store.calls())
                .allMatch(call -> call.talkSeconds() == 3)
                .extracting(Call::key)
                .containsExactly("1795290262.0", "1795290484.141");
    }

    @Test
    void aWaitingHubListens_andHandsOnWhatItHeardOnceItServes() throws IOException {
        leases.become(Leases.Standing.STANDBY);
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        await().until(() -> state().equals("standby"));
        await().until(() -> pbx.asked("CoreShowChannels"));
        pbx.send(capture("inbound-answered"));
        await().during(Duration.ofMillis(500)).until(store.journal::isEmpty);

        store.broken = true;
        leases.become(Leases.Standing.SERVING);
        store.broken = false;

        await().until(() -> store.calls().size() == 1 && store.calls().get(0).ended());
        assertThat(store.calls().get(0).talkSeconds()).isEqualTo(3);
        assertThat(state()).isEqualTo("connected");
    }

    @Test
    void whileNobodyKnowsWhoServes_eventsWait() throws IOException {
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();
        leases.become(Leases.Standing.DOUBTFUL);
        pbx.send(capture("inbound-answered"));
        await().during(Duration.ofMillis(500)).until(store.journal::isEmpty);

        leases.become(Leases.Standing.SERVING);

        await().until(() -> store.calls().size() == 1 && store.calls().get(0).ended());
    }

    @Test
    void healthSaysWhyALoginIsRefused() {
        store.put("acme", document(pbx.port(), "wrong", "201"));

        await().until(() -> state().equals("refused"));
        PbxHealth health = accounts.health().get(0);
        assertThat(health.id()).isEqualTo("office");
        assertThat(health.reason()).contains("refuses user crm");
        assertThat(health.cure()).contains("manager.conf");
    }

    @Test
    void aMendedSecretConnectsAtOnce() {
        store.put("acme", document(pbx.port(), "wrong", "201"));
        await().until(() -> state().equals("refused"));

        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));

        awaitConnected();
    }

    @Test
    void aWithdrawnAccountIsClosed() {
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();

        store.put("acme", "{\"name\":\"Acme\"}");

        await().until(() -> accounts.health().isEmpty());
        assertThat(routes.camel().getRoutes()).isEmpty();
    }

    @Test
    void aCallThatEndedUnheardIsClosedByTheListOfChannels() throws IOException {
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();
        String whole = capture("inbound-answered");
        pbx.send(whole.substring(0, whole.indexOf("Event: BridgeLeave")));
        await().until(() -> store.calls().stream().anyMatch(c -> c.answeredAt().isPresent()));

        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "202")); // connects anew

        await().until(() -> store.calls().get(0).ended());
        assertThat(store.calls().get(0).result()).contains(CallResult.ANSWERED);
    }

    @Test
    void namesContextsThatTheSettingsDoNotExplain() throws IOException {
        store.put("acme", document(pbx.port(), FakeAmi.SECRET, "201"));
        awaitConnected();

        pbx.send(capture("inbound-answered").replace("from-trunk", "provider-in"));

        await().until(() -> !accounts.health().get(0).reason().isEmpty());
        assertThat(accounts.health().get(0).state()).isEqualTo("connected");
        assertThat(accounts.health().get(0).reason()).contains("provider-in");
        assertThat(accounts.health().get(0).cure()).contains("trunkContexts");
    }

    private void awaitConnected() {
        await().until(() -> state().equals("connected"));
        await().until(() -> pbx.asked("CoreShowChannels"));
    }

    private String state() {
        List<PbxHealth> health = accounts.health();
        return health.isEmpty() ? "" : health.get(0).state();
    }

    private static String capture(String name) throws IOException {
        try (InputStream in =
                AsteriskAccountsTest.class.getResourceAsStream("/captures/" + name + ".ami")) {
            String whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return whole.substring(whole.indexOf("Event: Newchannel"));
        }
    }

    private static String document(int port, String secret, String extension) {
        return """
               {"name":"Acme","region":"RU","pbx":[{"id":"office","kind":"asterisk",
                "host":"127.0.0.1","port":%d,"username":"crm","secret":"%s",
                "employees":[{"id":"1","extension":"%s","name":"Ivan Petrov"}],
                "asterisk":{"trunkContexts":["from-trunk"],"internalContexts":["internal"]}}]}
               """
                .formatted(port, secret, extension);
    }
}
