package org.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

    /** The textbook's example of the nearest-rank method. */
    @ParameterizedTest
    @CsvSource({"5, 15", "30, 20", "40, 20", "50, 35", "100, 50"})
    void percentilesAreByNearestRank(double percent, double expected) {
        Samples samples = Samples.of(List.of(50.0, 15.0, 40.0, 20.0, 35.0));

        assertThat(samples.percentile(percent)).isEqualTo(expected);
    }

    @Test
    void of1000The99thPercentileLeavesTenAbove() {
        Samples samples =
                Samples.of(IntStream.rangeClosed(1, 1000).mapToObj(i -> (double) i).toList());

        assertThat(samples.percentile(99)).isEqualTo(990);
        assertThat(samples.largest()).isEqualTo(1000);
    }

    @Test
    void oneValueIsEveryPercentile() {
        assertThat(Samples.of(List.of(7.0)).percentile(1)).isEqualTo(7);
        assertThat(Samples.of(List.of(7.0)).percentile(99.9)).isEqualTo(7);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Samples.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
        assertThat(Samples.of(List.of(4.0, 1.0, 100.0)).median()).isEqualTo(4);
    }

    @Test
    void theSpreadIsAShareOfTheMedian() {
        assertThat(Samples.of(List.of(90.0, 100.0, 115.0)).spread()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatThrownBy(() -> Samples.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
