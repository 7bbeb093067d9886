package org.trunkline.sandbox.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trunkline.sandbox.http.BadRequest;

/** Recorded sessions, as another client would have seen them. */
class CaptureTest {
    static Stream<String> captures() {
        return Capture.names().stream();
    }

    @Test
    void theIndexNamesEveryCapture() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/captures"))) {
            List<String> names =
                    files.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(".ami"))
                            .map(name -> name.replace(".ami", ""))
                            .sorted()
                            .toList();
            assertThat(Capture.names()).isEqualTo(names);
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void holdsEventsOnlyInOrderOfTime(String name) {
        Capture capture = Capture.load(name);
        assertThat(capture.messages()).isNotEmpty();
        Duration last = Duration.ZERO;
        for (Capture.Timed timed : capture.messages()) {
            assertThat(timed.message().text("Event")).isNotEmpty().isNotEqualTo("FullyBooted");
            assertThat(timed.at()).isGreaterThanOrEqualTo(last);
            last = timed.at();
        }
        assertThat(capture.messages().get(0).at()).isZero();
    }

    @Test
    void leavesOutAnswersToTheRecordersOwnActions() {
        assertThat(Capture.load("actions").messages())
                .extracting(timed -> timed.message().text("Event"))
                .doesNotContain("CoreShowChannel", "EndpointList", "Status", "SuccessfulAuth")
                .contains("UserEvent", "Hangup");
    }

    @Test
    void keepsTheRecordedTiming() {
        // inbound-answered.timing: the call begins at 1.571 s and ends with the piece of 6.088 s.
        assertThat(Capture.load("inbound-answered").length()).isEqualTo(Duration.ofMillis(4517));
    }

    @Test
    void withoutNotedTimesTheEventsOwnTimesCount() {
        // A queue that gives up after 12 s of ringing; no .timing was noted.
        assertThat(Capture.load("queue-timeout").length())
                .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(14));
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Capture.load("../index"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("/capture");
    }
}
