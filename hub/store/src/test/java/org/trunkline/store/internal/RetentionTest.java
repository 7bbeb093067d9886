package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final Duration IN_FORCE = Duration.ofDays(14);

    @ParameterizedTest
    @CsvSource({
        "P1D, P1D",
        " P30D , P30D",
        "PT36H, PT36H",
        "PT23H, P14D",
        "-P3D, P14D",
        "14, P14D",
        "'', P14D"
    })
    void aWrongDurationLeavesWhatIsInForce(String given, Duration kept) {
        assertThat(Retention.read(given, IN_FORCE)).isEqualTo(kept);
    }
}
