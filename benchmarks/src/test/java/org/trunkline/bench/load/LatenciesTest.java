package org.trunkline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aLatencyIsFromTheRingToTheCardOfTheSameClient() {
        Latencies latencies =
                Latencies.of(
                        Map.of("7001", 1_000_000L, "7002", 2_000_000L),
                        Map.of("7001", 1_012_500L, "7002", 2_100_000L, "7999", 5L),
                        List.of(0.1, 0.2));

        assertThat(latencies.millis()).containsExactlyInAnyOrder(12.5, 100.0);
        assertThat(latencies.missing()).isZero();
        assertThat(latencies.calls()).isEqualTo(2);
    }

    @Test
    void aCallWithoutCardIsMissingAndNotFast() {
        Latencies latencies =
                Latencies.of(Map.of("7001", 1L, "7002", 2L), Map.of("7002", 3L), List.of());

        assertThat(latencies.millis()).hasSize(1);
        assertThat(latencies.missing()).isEqualTo(1);
        assertThat(latencies.calls()).isEqualTo(2);
    }

    @Test
    void roundsAddUp() {
        Latencies one = Latencies.of(Map.of("7001", 0L), Map.of("7001", 1_000L), List.of(0.5));
        Latencies two = Latencies.of(Map.of("7002", 0L), Map.of(), List.of(0.7));

        Latencies both = Latencies.NONE.and(one).and(two);

        assertThat(both).isEqualTo(new Latencies(List.of(1.0), List.of(0.5, 0.7), 1));
    }
}
