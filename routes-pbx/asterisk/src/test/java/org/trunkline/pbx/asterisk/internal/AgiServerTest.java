package org.trunkline.pbx.asterisk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.CallRouting;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.agi.AgiServer;
import org.trunkline.pbx.asterisk.internal.agi.RouteScript;
import org.trunkline.runtime.RouteQuestions;

/** The FastAGI server before peers that are Asterisk, and before those that are not. */
@Timeout(60)
class AgiServerTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final int CONNECTIONS = 2;
    private static final String SCRIPT = "route/acme/office/ask-word";
    private static final String ACME =
            """
            {"name":"Acme","region":"RU",
             "pbx":[{"id":"office","kind":"asterisk","host":"127.0.0.1","username":"crm",
                     "secret":"ami-word","webhookSecret":"ask-word",
                     "employees":[{"id":"i","extension":"201","name":"Ivan"}]},
                    {"id":"branch","kind":"asterisk","host":"127.0.0.1","username":"crm",
                     "secret":"ami-word"},
                    {"id":"cloud","kind":"t2","accessToken":"ask-word","refreshToken":"r"}]}""";

    private final MemoryStore store = new MemoryStore();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile CallRouting routing = (company, account, caller, line) -> nobody();
    private AgiServer server;

    @BeforeEach
    void start() throws IOException {
        store.put("acme", ACME);
        server =
                new AgiServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new AgiServer.Bounds(CONNECTIONS, DEADLINE),
                        script());
    }

    private RouteScript script() {
        return new RouteScript(
                new RouteQuestions(
                        store,
                        (company, account, caller, line) ->
                                routing.route(company, account, caller, line),
                        PbxKind.ASTERISK,
                        List.of("webhookSecret", "secret")));
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.close();
    }

    private static Route nobody() {
        return Route.nobody(new Decision.Part("route", "nobody", "K6", "", "for the test"));
    }

    /** The company's first employee, and a name. */
    private void answers(String name) {
        routing =
                (company, account, caller, line) -> {
                    asked.add(
                            account.id()
                                    + " "
                                    + caller.map(PhoneNumber::value).orElse("hidden")
                                    + " "
                                    + line.map(PhoneNumber::value).orElse("unknown"));
                    return new Route(
                            account.employees().stream().findFirst(),
                            Optional.of(name).filter(n -> !n.isEmpty()),
                            Duration.ofSeconds(10),
                            List.of());
                };
    }

    /** As Asterisk 22 sends it, shortened by what is the same in every call. */
    private static String environment(String script, String more) {
        return """
                agi_network: yes
                agi_network_script: %1$s
                agi_request: agi://127.0.0.1:8184/%1$s
                agi_channel: PJSIP/trunk-main-00000001
                agi_callerid: 79161234567
                agi_calleridname: unknown
                agi_dnid: 74951000007
                agi_context: trunkline
                agi_extension: s
                agi_priority: 1
                %2$s
                """
                        .formatted(script, more)
                        .stripTrailing()
                + "\n\n";
    }

    private static String environment(String script) {
        return environment(script, "");
    }

    /** What the server says to one who answers each command with 200. */
    private List<String> heard(String sent) throws IOException {
        return heard(sent, "200 result=1");
    }

    private List<String> heard(String sent, String reply) throws IOException {
        List<String> heard = new ArrayList<>();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in = reader(socket);
            try {
                out.write(sent.getBytes(StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    heard.add(line);
                    out.write((reply + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (SocketException closedBeforeAllWasRead) {
                return heard; // as good an end as any
            }
        }
        return heard;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void K6_theDialplanGetsExtensionAttemptAndName() throws IOException {
        answers("ООО Ромашка");

        assertThat(heard(environment(SCRIPT)))
                .containsExactly(
                        "SET VARIABLE CALLERID(name) \"ООО Ромашка\"",
                        "SET VARIABLE TRUNKLINE_TIMEOUT \"10\"",
                        "SET VARIABLE TRUNKLINE_EXTEN \"201\"");
        assertThat(asked).containsExactly("office +79161234567 +74951000007");
    }

    @Test
    void theLineIsWhatTheDialplanSays_elseWhatWasDialled() throws IOException {
        answers("");

        heard(environment(SCRIPT, "agi_arg_1: 84951000002"));
        heard(environment(SCRIPT).replace("agi_extension: s", "agi_extension: 74951000003"));
        heard(environment(SCRIPT).replace("dnid: 74951000007", "dnid: unknown"));

        assertThat(asked)
                .containsExactly(
                        "office +79161234567 +74951000002",
                        "office +79161234567 +74951000003",
                        "office +79161234567 unknown");
    }

    @Test
    void aHiddenNumberIsNobodys() throws IOException {
        answers("");

        heard(environment(SCRIPT).replace("79161234567", "unknown"));

        assertThat(asked).containsExactly("office hidden +74951000007");
    }

    @Test
    void K6_nobodyIsNoCommand() throws IOException {
        routing =
                (company, account, caller, line) -> {
                    asked.add(account.id());
                    return nobody();
                };
        Instant begin = Instant.now();

        assertThat(heard(environment(SCRIPT))).isEmpty();

        assertThat(asked).containsExactly("office");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(DEADLINE);
    }

    @Test
    void I8_aNameAloneIsSet() throws IOException {
        routing =
                (company, account, caller, line) ->
                        new Route(Optional.empty(), Optional.of("Anna"), Duration.ZERO, List.of());

        assertThat(heard(environment(SCRIPT)))
                .containsExactly("SET VARIABLE CALLERID(name) \"Anna\"");
    }

    @Test
    void I8_aNameCannotBreakOutOfItsCommand() throws IOException {
        answers("A \"B\" \\C\r\nEXEC System \"rm\"\u0000");

        assertThat(heard(environment(SCRIPT)).get(0))
                .isEqualTo(
                        "SET VARIABLE CALLERID(name) \"A \\\"B\\\" \\\\C EXEC System"
                                + " \\\"rm\\\"\"");
    }

    @Test
    void anAccountWithoutASecretForItsQuestionsHasItsUsers() throws IOException {
        answers("Anna");

        assertThat(heard(environment("route/acme/branch/ami-word"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route/acme/office/wrong",
                "route/acme/office/ami-word",
                "route/acme/office/",
                "route/acme/office",
                "route/acme/nobody/ask-word",
                "route/acme/cloud/ask-word",
                "route/nobody/office/ask-word",
                "agents/acme/office/ask-word",
                ""
            })
    void whoDoesNotKnowTheSecretLearnsNothing(String script) throws IOException {
        answers("Anna");

        assertThat(heard(environment(script))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: hub\r\n\r\n",
                "\n",
                "agi_network_script\n\n",
                "\u0000\u0001\u0002\n",
            })
    void junkIsCutOff(String junk) throws IOException {
        answers("Anna");

        assertThat(heard(junk)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void anEndlessLineOrListIsCutOff() throws IOException {
        answers("Anna");

        assertThat(heard("agi_x: " + "x".repeat(100_000))).isEmpty();
        assertThat(heard("agi_x: y\n".repeat(10_000))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whoIsSilentIsCutOffByTheDeadline() throws IOException {
        Instant begin = Instant.now();

        assertThat(heard(environment(SCRIPT).substring(0, 40))).isEmpty();

        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(DEADLINE);
    }

    @Test
    void whoDripsIsCutOffByTheSameDeadline() throws IOException {
        try (Socket socket = connect()) {
            byte[] text = environment(SCRIPT).repeat(100).getBytes(StandardCharsets.UTF_8);
            Instant begin = Instant.now();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(DEADLINE.plusSeconds(5))
                    .until(() -> !sends(socket, text[sent++]));
            assertThat(Duration.between(begin, Instant.now())).isGreaterThan(DEADLINE.dividedBy(2));
        }
    }

    private int sent;

    private static boolean sends(Socket socket, byte one) {
        try {
            socket.getOutputStream().write(one);
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }

    @Test
    void X7_whileTheStoreHangsTheCallGoesOnByTheDeadline() throws IOException {
        routing =
                (company, account, caller, line) -> {
                    awaitEnd();
                    return nobody();
                };
        Instant begin = Instant.now();

        assertThat(heard(environment(SCRIPT))).isEmpty();

        assertThat(Duration.between(begin, Instant.now()))
                .isBetween(DEADLINE, DEADLINE.plusSeconds(5));
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void X7_whileTheStoreIsBrokenTheCallGoesOn() throws IOException {
        routing =
                (company, account, caller, line) -> {
                    asked.add(account.id());
                    throw new Fault.Retryable("broken by the test", Duration.ZERO);
                };
        Instant begin = Instant.now();

        assertThat(heard(environment(SCRIPT))).isEmpty();

        assertThat(asked).containsExactly("office");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(DEADLINE);
    }

    @Test
    void withoutAThreadForOneCallTheNextIsServed() throws IOException {
        answers("Anna");
        AtomicInteger wanted = new AtomicInteger();
        server.close();
        server =
                new AgiServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new AgiServer.Bounds(CONNECTIONS, DEADLINE),
                        script(),
                        task -> {
                            if (wanted.incrementAndGet() == 1) {
                                throw new OutOfMemoryError("no thread, says the test");
                            }
                            return new Thread(task, "after-a-failure");
                        });

        assertThat(heard(environment(SCRIPT))).isEmpty();
        assertThat(heard(environment(SCRIPT))).hasSize(3);
        assertThat(asked).hasSize(1);
    }

    @Test
    void oneTooManyIsClosedAtOnce_andTheNextIsServed() throws IOException {
        answers("Anna");
        try (Socket one = connect();
                Socket two = connect()) {
            begin(one);
            begin(two);
            Instant begin = Instant.now();
            try (Socket three = connect()) {
                assertThat(three.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(Duration.between(begin, Instant.now())).isLessThan(DEADLINE);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(heard(environment(SCRIPT))).hasSize(3));
    }

    private static void begin(Socket socket) throws IOException {
        socket.getOutputStream().write("agi_network: yes\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCallerWhoHangsUpEndsIt() throws IOException {
        answers("Anna");

        assertThat(heard(environment(SCRIPT), "HANGUP")).hasSize(1);
        assertThat(heard(environment(SCRIPT), "510 Invalid or unknown command")).hasSize(1);
    }

    @Test
    void afterItsEndNobodyIsTaken() throws IOException {
        server.close();

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () ->
                                assertThat(catchThrowable(this::connect))
                                        .isInstanceOf(IOException.class));
    }
}
