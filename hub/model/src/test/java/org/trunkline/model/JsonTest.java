package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    /** One of everything that contracts.md rules on. */
    record Sample(
            Instant startedAt,
            Duration pause,
            Optional<String> result,
            Optional<String> line,
            CallState state) {}

    @Test
    void writesAsTheContractSays() {
        Sample sample =
                new Sample(
                        Instant.parse("2026-11-21T19:44:21.2630009Z"),
                        Duration.ofSeconds(30),
                        Optional.of("answered"),
                        Optional.empty(),
                        CallState.TALKING);

        assertThat(Json.write(sample))
                .isEqualTo(
                        "{\"startedAt\":\"2026-11-21T19:44:21.263Z\",\"pause\":\"PT30S\","
                                + "\"result\":\"answered\",\"state\":\"talking\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T19:44:21Z, 2026-11-21T19:44:21.000Z",
        "2026-01-01T00:00:00.1Z, 2026-01-01T00:00:00.100Z",
    })
    void timesAlwaysHaveMilliseconds(Instant at, String expected) {
        assertThat(Json.time(at)).isEqualTo(expected);
    }

    @Test
    void brokenTextIsToldInTheParsersWordsWithoutTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.tree("{\"secret\":\"word\" oops}"))
                .withMessageContaining("Unexpected character")
                .withMessageNotContaining("word");
    }

    @Test
    void aDocumentNestedWithoutEndIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.tree("[".repeat(10_000)))
                .withMessageContaining("nesting depth");
    }
}
