package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls of real phones (SIPp) through a real Asterisk, compared with what the hub and the CRM hold
 * of them. What is wanted comes from the phones' own traces, never from AMI.
 */
@ExtendWith({LiveAsteriskIT.Installed.class, LogsOnFailure.class})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LiveAsteriskIT {
    /** An assumption in BeforeAll would skip the class without a word in the reports. */
    static final class Installed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return LiveAsterisk.missing()
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("installed"));
        }
    }

    private static final List<LiveScenario> SCENARIOS = LiveScenarios.all();

    /** Two cores play so many at once without being late. */
    private static final int AT_ONCE = 8;

    private static final int PHONES = 150;
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private static final LiveScenario CUT =
            new LiveScenario("cut", "74950001291", List.of("291"), stage -> List.of());
    private static final LiveScenario AFTER_CUT =
            new LiveScenario(
                    "after the cut", "74950001292", List.of("292"), LiveAsteriskIT::playAfterCut);

    @TempDir private static Path folder;
    private static LiveAsterisk asterisk;
    private static Sandbox sandbox;
    private static Hub hub;
    private static LiveCompany company;
    private static SipStage stage;
    private static Map<LiveScenario, CompletableFuture<List<LiveWanted>>> played;

    @BeforeAll
    static void play() throws IOException {
        List<LiveScenario> all = new ArrayList<>(SCENARIOS);
        all.addAll(List.of(CUT, AFTER_CUT));
        List<String> extensions = all.stream().flatMap(s -> s.employees().stream()).toList();
        Set<String> lines = all.stream().map(LiveScenario::line).collect(Collectors.toSet());
        lines.remove("");
        lines.add("74950001264");
        Path pbx = Files.createDirectory(folder.resolve("asterisk"));
        asterisk = LiveAsterisk.start(pbx, extensions, LiveScenarios.calledClients());
        hub = LiveCompany.hub(folder.resolve("data"));
        sandbox = Sandbox.start(hub);
        company = LiveCompany.provisioned(hub, sandbox, asterisk, extensions, lines);
        stage = SipStage.of(asterisk, Files.createDirectory(folder.resolve("sip")), PHONES);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        played =
                SCENARIOS.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(), scenario -> playing(scenario, pool)));
        pool.shutdown();
    }

    private static CompletableFuture<List<LiveWanted>> playing(
            LiveScenario scenario, ExecutorService pool) {
        return CompletableFuture.supplyAsync(() -> playing(scenario), pool);
    }

    private static List<LiveWanted> playing(LiveScenario scenario) {
        try {
            return scenario.script().apply(stage.beside());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(scenario + ": " + e.getMessage(), e);
        }
    }

    @AfterAll
    static void stop() {
        Stream.of(hub, sandbox, asterisk)
                .filter(started -> started != null)
                .forEach(LiveAsteriskIT::close);
    }

    static List<LiveScenario> scenarios() {
        return SCENARIOS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void fromSipToCrm(LiveScenario scenario) {
        asWanted(scenario, played.get(scenario).join());
    }

    @Test
    void asteriskDies_itsCallIsClosed_theNextIsWhole() {
        CompletableFuture.allOf(played.values().toArray(CompletableFuture[]::new))
                .handle((done, failed) -> 0) // a failed one is told by its own test
                .join();
        SipStage cut = stage.beside();
        SipPhone desk = cut.callee("291", 500, SipStage.LONG);
        cut.caller("79161000291", CUT.line(), SipStage.LONG);
        desk.awaitAnswer();
        Awaitility.await("the hub sees the talk")
                .atMost(SETTLED)
                .until(() -> state(call("291")).equals("talking"));
        Instant killed = Instant.now();
        asterisk.kill();
        cut.kill();
        Awaitility.await("the hub sees that the line is cut")
                .atMost(SETTLED)
                .until(() -> !company.state().equals("connected"));
        asterisk.restart();
        company.awaitConnected();
        Instant back = Instant.now();

        Awaitility.await("the call is closed")
                .atMost(SETTLED)
                .untilAsserted(() -> assertThat(state(call("291"))).isEqualTo("ended"));
        JsonNode closed = call("291");
        assertThat(closed.path("result").asText()).isEqualTo("answered");
        assertThat(Instant.parse(closed.path("endedAt").asText()))
                .isBetween(killed.minusSeconds(1), back.plusSeconds(1));
        double atLeast = Duration.between(desk.answered(), killed).toMillis() / 1000.0;
        double atMost = Duration.between(desk.answered(), back).toMillis() / 1000.0;
        assertThat(closed.path("talkSeconds").asDouble()).isBetween(atLeast - 1, atMost + 1);
        asWanted(AFTER_CUT, AFTER_CUT.script().apply(stage.beside()));
        Awaitility.await("the CRM's record is finished")
                .atMost(SETTLED)
                .untilAsserted(() -> assertThat(finished("291")).containsExactly("200"));
    }

    private static List<LiveWanted> playAfterCut(SipStage stage) {
        SipPhone desk = stage.callee("292", 500, SipStage.LONG);
        stage.caller("79161000292", "74950001292", 3000);
        stage.awaitEnd();
        return List.of(LiveWanted.answered("79161000292", "74950001292", LiveWanted.talked(desk)));
    }

    /** Waits until it is, or says what differs. */
    private static void asWanted(LiveScenario scenario, List<LiveWanted> wanted) {
        Awaitility.await()
                .atMost(SETTLED)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(
                        () ->
                                assertThat(verdict(scenario, wanted))
                                        .as("%s; the phones say %s", scenario, wanted)
                                        .isEmpty());
    }

    private static List<String> verdict(LiveScenario scenario, List<LiveWanted> wanted)
            throws IOException {
        Set<String> recordings = recordings();
        return new LiveVerdict(scenario, wanted, company.calls(), company.portal(), recordings)
                .differences();
    }

    private static JsonNode call(String extension) {
        return company.calls().stream()
                .filter(c -> c.path("legs").path(0).path("extension").asText().equals(extension))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call of " + extension));
    }

    private static String state(JsonNode call) {
        return call.path("state").asText();
    }

    private static List<String> finished(String user) {
        List<String> out = new ArrayList<>();
        for (JsonNode row : company.portal().path("calls")) {
            if (row.path("PORTAL_USER_ID").asText().equals(user)
                    && row.path("finished").asBoolean()) {
                out.add(row.path("CALL_FAILED_CODE").asText());
            }
        }
        return out;
    }

    private static Set<String> recordings() throws IOException {
        Set<String> out = new TreeSet<>();
        try (Stream<Path> files = Files.list(asterisk.recordings())) {
            for (Path file : files.toList()) {
                byte[] content = Files.readAllBytes(file);
                // More than its header: a second of sound at least.
                assertThat(content.length).as(file.toString()).isGreaterThan(16_000);
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                out.add(HexFormat.of().formatHex(digest.digest(content)));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return out;
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
