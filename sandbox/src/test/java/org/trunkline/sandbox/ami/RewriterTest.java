package org.trunkline.sandbox.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every replay has ids, times and numbers of its own, and is the same call all the same. */
class RewriterTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00.250Z");
    private static final Pattern RECORDED_ID =
            Pattern.compile("(?<!\\d)1795(?:290|300)\\d{3}\\.\\d+");

    static Stream<String> captures() {
        return Capture.names().stream();
    }

    private static List<AmiMessage> rewrite(
            String name, double speed, Serials serials, String... clients) {
        PlayRequest request =
                new PlayRequest(
                        name,
                        speed,
                        List.of(clients),
                        Optional.empty(),
                        Optional.of(Path.of("/rec")),
                        Optional.empty());
        Capture capture = Capture.load(name);
        Rewriter rewriter = new Rewriter(capture, request, serials, START);
        List<AmiMessage> out = new ArrayList<>();
        capture.messages().forEach(timed -> out.add(rewriter.rewrite(timed.message())));
        return out;
    }

    @ParameterizedTest
    @MethodSource("captures")
    void nothingOfTheRecordingsIdsIsLeft(String name) {
        for (AmiMessage message : rewrite(name, 1, new Serials())) {
            assertThat(RECORDED_ID.matcher(message.wire()).find()).as(message.wire()).isFalse();
            assertThat(message.wire()).doesNotContain("/var/spool");
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void theShapeStays(String name) {
        List<AmiMessage> after = rewrite(name, 1, new Serials());
        List<Capture.Timed> before = Capture.load(name).messages();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < after.size(); i++) {
            assertThat(headers(after.get(i))).isEqualTo(headers(before.get(i).message()));
            assertThat(after.get(i).text("Event")).isEqualTo(before.get(i).message().text("Event"));
        }
    }

    /** Two ids are equal after the rewriting just when they were before. */
    @ParameterizedTest
    @MethodSource("captures")
    void idsStayApartAndTogether(String name) {
        List<AmiMessage> after = rewrite(name, 1, new Serials());
        List<Capture.Timed> before = Capture.load(name).messages();
        for (String header :
                List.of("Uniqueid", "Linkedid", "Channel", "BridgeUniqueid", "DestUniqueid")) {
            Set<String> pairs = new HashSet<>();
            Set<String> olds = new HashSet<>();
            Set<String> news = new HashSet<>();
            for (int i = 0; i < after.size(); i++) {
                String old = before.get(i).message().text(header);
                olds.add(old);
                news.add(after.get(i).text(header));
                pairs.add(old + " " + after.get(i).text(header));
            }
            assertThat(pairs).as(header).hasSameSizeAs(olds).hasSameSizeAs(news);
        }
    }

    @Test
    void twoReplaysShareNoIds() {
        Serials serials = new Serials();
        Set<String> first = ids(rewrite("blind-transfer", 1, serials));
        Set<String> second = ids(rewrite("blind-transfer", 1, serials));
        assertThat(first).hasSize(3).doesNotContainAnyElementsOf(second);
    }

    @Test
    void timesKeepTheirDistancesAtAnySpeedAndEndWhenTheReplayEnds() {
        List<AmiMessage> slow = rewrite("inbound-answered", 1, new Serials());
        List<AmiMessage> fast = rewrite("inbound-answered", 10, new Serials());
        double length = stamp(last(slow)) - stamp(slow.get(0));
        assertThat(stamp(last(fast)) - stamp(fast.get(0))).isCloseTo(length, within(1e-5));
        assertThat(stamp(slow.get(0))).isCloseTo(START.getEpochSecond() + 0.25, within(1e-5));
        double played = Capture.load("inbound-answered").length().toMillis() / 10_000.0;
        assertThat(stamp(last(fast)))
                .isCloseTo(START.getEpochSecond() + 0.25 + played, within(0.05));
    }

    @Test
    void callRecordsKeepTheirDurations() {
        AmiMessage cdr =
                rewrite("inbound-answered", 1, new Serials()).stream()
                        .filter(message -> message.isEvent("Cdr"))
                        .findFirst()
                        .orElseThrow();
        // 19:44:22 to 19:44:27 in the recording.
        assertThat(cdr.text("StartTime")).startsWith("2030-01-01 00:00:0");
        int start = Integer.parseInt(cdr.text("StartTime").substring(17));
        assertThat(cdr.text("EndTime"))
                .isEqualTo(String.format("2030-01-01 00:00:%02d", start + 5));
    }

    @Test
    void clientsAreReplacedInTheirOrderEverywhere() {
        List<AmiMessage> messages =
                rewrite("two-concurrent", 1, new Serials(), "79990000001", "79990000002");
        String all = messages.stream().map(AmiMessage::wire).reduce("", String::concat);
        assertThat(all)
                .contains("79990000001", "79990000002")
                .doesNotContain("79161234567", "79031112233");
        AmiMessage first = messages.get(0);
        assertThat(first.text("CallerIDNum")).isEqualTo("79990000001");
    }

    @Test
    void recordingsMoveToTheGivenFolder() {
        String file =
                rewrite("mixmonitor", 1, new Serials(), "79990000001").stream()
                        .filter(message -> message.isEvent("Cdr"))
                        .map(message -> message.text("RecordingFile"))
                        .findFirst()
                        .orElseThrow();
        assertThat(file)
                .matches("/rec/2026/11/21/19/mikopbx-18\\d{8}\\.0_79990000001_74951000005\\.wav");
    }

    @Test
    void idsInsideAnEncodedEnvironmentAreRewrittenToo() {
        String env =
                rewrite("route-asyncagi", 1, new Serials()).stream()
                        .flatMap(message -> message.get("Env").stream())
                        .findFirst()
                        .orElseThrow();
        assertThat(env)
                .contains("agi_uniqueid%3A%20189")
                .contains("agi_version%3A%2022.10.1%2Bdfsg%2B~cs6");
    }

    private static List<String> headers(AmiMessage message) {
        return message.lines().stream().map(line -> line.split(":", 2)[0]).toList();
    }

    private static Set<String> ids(List<AmiMessage> messages) {
        Set<String> ids = new HashSet<>();
        messages.forEach(message -> message.get("Uniqueid").ifPresent(ids::add));
        return ids;
    }

    private static AmiMessage last(List<AmiMessage> messages) {
        return messages.stream()
                .filter(message -> message.get("Timestamp").isPresent())
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static double stamp(AmiMessage message) {
        Matcher stamp = Pattern.compile("[\\d.]+").matcher(message.text("Timestamp"));
        assertThat(stamp.matches()).isTrue();
        return Double.parseDouble(stamp.group());
    }
}
