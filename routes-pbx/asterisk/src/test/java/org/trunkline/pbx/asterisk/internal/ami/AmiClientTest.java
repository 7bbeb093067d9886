package org.trunkline.pbx.asterisk.internal.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.pbx.asterisk.internal.ami.AmiSettings.Timing;
import org.trunkline.pbx.asterisk.internal.ami.AmiState.State;
import org.trunkline.runtime.BackOff;

class AmiClientTest {
    private static final Timing QUICK =
            new Timing(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(5),
                    new BackOff(Duration.ofMillis(20), Duration.ofMillis(100)),
                    new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(5)));

    /** Time enough to be cut before a question is given up. */
    private static final Timing IMPATIENT =
            new Timing(
                    QUICK.connect(),
                    QUICK.idle(),
                    Duration.ofSeconds(1),
                    QUICK.resync(),
                    QUICK.retry(),
                    QUICK.afterRefusal());

    private static final String LISTS = "CoreShowChannels,Status";

    private final Collector sink = new Collector();
    private FakeAmi pbx;

    @BeforeEach
    void startPbx() throws IOException {
        pbx = new FakeAmi();
    }

    @AfterEach
    void stopPbx() throws IOException {
        pbx.close();
    }

    @Test
    void logsInByChallengeListsChannelsAndReads() throws IOException {
        pbx.channels = List.of("1.0", "1.1");
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.send(hangup(1));

            await().until(() -> sink.uniqueids().equals(List.of("1.1")));
            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            assertThat(sink.snapshots().get(0).afterGap()).isTrue();
            assertThat(sink.snapshots().get(0).channels())
                    .extracting(channel -> channel.get("Uniqueid"))
                    .containsExactly("1.0", "1.1");
            assertThat(pbx.actionsNamed("Login").get(0)).doesNotContain(FakeAmi.SECRET);
        }
    }

    @Test
    void asksForEventsOnlyOnceTheFilterStands() {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> !pbx.actionsNamed("CoreShowChannels").isEmpty());

            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            assertThat(pbx.actionsNamed("Login").get(0)).contains("Events: off");
            assertThat(pbx.actionsNamed("Filter")).hasSameSizeAs(EventSelection.FILTERS);
            assertThat(pbx.actionsNamed("Events").get(0)).contains("call,cdr,dialplan");
        }
    }

    @Test
    void worksForAUserWithoutClassSystem() throws IOException {
        pbx.refusedActions = "Filter,CoreShowChannels";
        pbx.channels = List.of("7.0");
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.send("Event: Newexten\r\nUniqueid: 9.9\r\n\r\n" + hangup(2));

            await().until(() -> !sink.events().isEmpty());
            assertThat(sink.uniqueids()).containsExactly("1.2");
            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            assertThat(pbx.actionsNamed("Filter")).hasSize(1);
        }
    }

    @Test
    void saysWhyALoginIsRefusedAndDoesNotHammer() {
        AmiSettings wrong = settings(QUICK, pbx.port(), "wrong", false, Optional.empty());
        try (AmiClient client = start(wrong)) {
            await().until(() -> client.state().state() == State.REFUSED);

            assertThat(client.state().reason()).contains("refuses user crm", "Authentication");
            assertThat(client.state().reason()).doesNotContain("wrong");
            assertThat(client.state().cure()).contains("manager.conf");
            await().during(Duration.ofMillis(400)).until(() -> pbx.logins() == 1);
        }
    }

    @Test
    void connectsAgainAfterACutAndResynchronises() throws IOException {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.send(hangup(1));
            pbx.cut();

            await().until(() -> sink.snapshots().size() == 2);
            pbx.send(hangup(2));
            await().until(() -> sink.uniqueids().equals(List.of("1.1", "1.2")));
            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
        }
    }

    @Test
    void tellsWhereASessionBegins() throws IOException {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.cut();
            await().until(() -> sink.snapshots().size() == 2);

            assertThat(sink.taken)
                    .extracting(Object::getClass)
                    .extracting(Class::getSimpleName)
                    .containsExactly("SessionBegan", "Snapshot", "SessionBegan", "Snapshot");
        }
    }

    @Test
    void tellsThatNoListCanBeHad() {
        for (Runnable given :
                List.<Runnable>of(
                        () -> pbx.refusedActions = LISTS, () -> pbx.unansweredActions = LISTS)) {
            given.run();
            sink.taken.clear();
            try (AmiClient client = client(IMPATIENT)) {
                await().until(() -> sink.unlisted() == 1);
                assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            }
            pbx.refusedActions = "";
        }
    }

    @Test
    void aSessionLostBeforeItsListTellsNothingOfTheNextOne() throws IOException {
        pbx.unansweredActions = LISTS;
        try (AmiClient client = client(IMPATIENT)) {
            await().until(() -> pbx.asked("CoreShowChannels"));
            pbx.cut();
            pbx.unansweredActions = "";
            await().until(() -> sink.snapshots().size() == 1);

            await().during(IMPATIENT.action().multipliedBy(2)).until(() -> sink.unlisted() == 0);
        }
    }

    @Test
    void whatWaitsForAListIsNotForgottenAtTheEnd() {
        pbx.unansweredActions = LISTS;
        AmiClient client = client(QUICK);
        await().until(() -> pbx.asked("CoreShowChannels"));
        client.close();

        assertThat(sink.unlisted()).isEqualTo(1);
    }

    @Test
    void waitsForAPbxThatIsDown() throws IOException {
        int port = pbx.port();
        pbx.close();
        try (AmiClient client =
                start(settings(QUICK, port, FakeAmi.SECRET, false, Optional.empty()))) {
            await().until(() -> client.state().state() == State.DISCONNECTED);
            assertThat(client.state().reason()).contains("cannot connect");
            assertThat(client.state().cure()).contains("host and port");

            pbx = new FakeAmi(ServerSocketFactory.getDefault(), port);
            await().until(() -> client.state().state() == State.CONNECTED);
        }
    }

    @Test
    void noticesADeadPeer() {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.silent = true;

            await().until(() -> client.state().reason().contains("no answer"));
            assertThat(client.state().state()).isEqualTo(State.DISCONNECTED);
        }
    }

    @Test
    void keepsAQuietSessionByPings() {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> pbx.actionsNamed("Ping").size() >= 2);

            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            assertThat(pbx.logins()).isEqualTo(1);
        }
    }

    @Test
    void listsTheChannelsFromTimeToTime() {
        Timing timing =
                new Timing(
                        QUICK.connect(),
                        Duration.ofMillis(50),
                        QUICK.action(),
                        Duration.ofMillis(100),
                        QUICK.retry(),
                        QUICK.afterRefusal());
        try (AmiClient client = client(timing)) {
            await().until(() -> sink.snapshots().size() >= 2);

            assertThat(sink.snapshots().get(1).afterGap()).isFalse();
            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
        }
    }

    @Test
    void tellsAPortThatSpeaksSomethingElse() {
        pbx.banner = "SSH-2.0-OpenSSH_9.2";
        try (AmiClient client = client(QUICK)) {
            await().until(() -> client.state().state() == State.DISCONNECTED);

            assertThat(client.state().reason()).contains("does not speak AMI");
        }
    }

    @Test
    void givesUpOnAPeerThatAcceptsAndSaysNothing() throws IOException {
        Timing timing =
                new Timing(
                        Duration.ofMillis(200),
                        QUICK.idle(),
                        QUICK.action(),
                        QUICK.resync(),
                        QUICK.retry(),
                        QUICK.afterRefusal());
        try (ServerSocket mute = new ServerSocket(0);
                AmiClient client =
                        start(
                                settings(
                                        timing,
                                        mute.getLocalPort(),
                                        FakeAmi.SECRET,
                                        false,
                                        Optional.empty()))) {
            await().until(() -> client.state().reason().contains("no answer"));
            assertThat(client.state().cure()).contains("port");
        }
    }

    @Test
    void neverSendsTheSecretInClearOverPlainTcp() {
        pbx.md5 = false;
        try (AmiClient client = client(QUICK)) {
            await().until(() -> client.state().state() == State.REFUSED);

            assertThat(client.state().cure()).contains("TLS");
            assertThat(pbx.actionsNamed("Login")).isEmpty();
        }
    }

    @Test
    void losesNothingToASlowSink() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        sink.gate = gate;
        int many = AmiClient.QUEUE + 5_000;
        try (AmiClient client = client(QUICK)) {
            await().until(() -> !pbx.actionsNamed("CoreShowChannels").isEmpty());
            Thread sending =
                    new Thread(() -> IntStream.range(0, many).forEach(n -> sendQuietly(hangup(n))));
            sending.start();
            await().until(() -> client.backlog() == AmiClient.QUEUE);
            assertThat(sink.events()).isEmpty();

            gate.countDown();
            sending.join(20_000);
            await().atMost(20, TimeUnit.SECONDS).until(() -> sink.events().size() == many);
            assertThat(sink.uniqueids())
                    .isEqualTo(IntStream.range(0, many).mapToObj(n -> "1." + n).toList());
        }
    }

    @Test
    void answersActionsWhileTheSinkIsSlow() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        sink.gate = gate;
        try (AmiClient client = client(QUICK)) {
            await().until(() -> !pbx.actionsNamed("CoreShowChannels").isEmpty());
            pbx.send(hangup(1));

            AmiMessage answer = client.send(AmiAction.of("Ping")).get(2, TimeUnit.SECONDS);

            assertThat(answer.get("Ping")).isEqualTo("Pong");
            gate.countDown();
        }
    }

    @Test
    void readsOnAfterMalformedBytes() throws IOException {
        try (AmiClient client = client(QUICK)) {
            await().until(() -> sink.snapshots().size() == 1);
            pbx.send("\0\0nonsense\r\nEvent Hangup\r\n\n: :\r\n\r\n");
            pbx.send("Event: Hangup\r\nCause: " + "9".repeat(100_000) + "\r\n\r\n");
            pbx.send("Event: Hangup\r\nUniqueid: 1.5\r\n\n" + hangup(6));

            await().until(() -> sink.uniqueids().equals(List.of("1.5", "1.6")));
            assertThat(client.state().state()).isEqualTo(State.CONNECTED);
            assertThat(pbx.logins()).isEqualTo(1);
        }
    }

    @Test
    void speaksTlsWithAPrivateAuthority(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("pbx.p12");
        Path pem = folder.resolve("ca.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "pbx",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:c",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "pbx",
                "-file",
                pem.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        try (FakeAmi secure = new FakeAmi(serverFactory(store), 0)) {
            secure.md5 = false; // over TLS the plain login is a fallback
            AmiSettings trusting =
                    settings(QUICK, secure.port(), FakeAmi.SECRET, true, Optional.of(pem));
            try (AmiClient client = start(trusting)) {
                await().until(() -> client.state().state() == State.CONNECTED);
            }
            AmiSettings distrusting =
                    settings(QUICK, secure.port(), FakeAmi.SECRET, true, Optional.empty());
            try (AmiClient client = start(distrusting)) {
                await().until(() -> client.state().state() == State.DISCONNECTED);
                assertThat(client.state().reason()).contains("TLS handshake");
                assertThat(client.state().cure()).contains("certificate");
            }
        }
    }

    @Test
    void namesACertificateFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Path pem : List.of(folder.resolve("absent.pem"), empty)) {
            AmiSettings settings =
                    settings(QUICK, pbx.port(), FakeAmi.SECRET, true, Optional.of(pem));
            try (AmiClient client = start(settings)) {
                await().until(() -> client.state().state() == State.DISCONNECTED);
                assertThat(client.state().reason()).contains(pem.getFileName().toString());
                assertThat(client.state().cure()).contains("asterisk.certificate");
            }
        }
    }

    private static void keytool(String... arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new CopyOnWriteArrayList<>(arguments);
        command.add(0, tool.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static ServerSocketFactory serverFactory(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private void sendQuietly(String text) {
        try {
            pbx.send(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hangup(int number) {
        return "Event: Hangup\r\nUniqueid: 1." + number + "\r\nCause: 16\r\n\r\n";
    }

    private AmiClient client(Timing timing) {
        return start(settings(timing, pbx.port(), FakeAmi.SECRET, false, Optional.empty()));
    }

    private AmiClient start(AmiSettings settings) {
        AmiClient client = new AmiClient(settings, sink, Clock.systemUTC());
        client.start();
        return client;
    }

    private static AmiSettings settings(
            Timing timing, int port, String secret, boolean tls, Optional<Path> ca) {
        return new AmiSettings(
                "acme/office", "localhost", port, tls, ca, FakeAmi.USER, secret, timing);
    }

    private static final class Collector implements AmiSink {
        private final List<Incoming> taken = new CopyOnWriteArrayList<>();
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public void accept(List<Incoming> batch) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the sink must never be interrupted", e);
            }
            taken.addAll(batch);
        }

        List<AmiMessage> events() {
            return taken.stream()
                    .filter(Event.class::isInstance)
                    .map(incoming -> ((Event) incoming).message())
                    .toList();
        }

        List<String> uniqueids() {
            return events().stream().map(event -> event.get("Uniqueid")).toList();
        }

        long unlisted() {
            return taken.stream().filter(Unlisted.class::isInstance).count();
        }

        List<Snapshot> snapshots() {
            return taken.stream()
                    .filter(Snapshot.class::isInstance)
                    .map(Snapshot.class::cast)
                    .toList();
        }
    }
}
