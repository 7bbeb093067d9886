package org.trunkline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theRateIsKeptOnTheAverageAndEveryPlaceHasItsShare() {
        List<Arrivals.Arrival> plan = Arrivals.plan(20, HOUR, 40, 7);

        // Poisson: 72,000 expected, standard deviation 268; 1,800 a place, 42.
        assertThat(plan).hasSizeBetween(72_000 - 5 * 268, 72_000 + 5 * 268);
        assertThat(plan.stream().collect(Collectors.groupingBy(Arrivals.Arrival::place)).values())
                .hasSize(40)
                .allSatisfy(calls -> assertThat(calls).hasSizeBetween(1800 - 220, 1800 + 220));
    }

    @Test
    void callersKnowNothingOfEachOtherSoThereAreBurstsAndPauses() {
        List<Arrivals.Arrival> plan = Arrivals.plan(20, HOUR, 40, 7);

        long close =
                IntStream.range(1, plan.size())
                        .filter(i -> gap(plan, i).compareTo(Duration.ofMillis(5)) < 0)
                        .count();

        // Of exponential gaps 1 - e^(-20/s * 5 ms) = 9.5 % are shorter than 5 ms.
        assertThat((double) close / plan.size()).isBetween(0.09, 0.10);
    }

    @Test
    void timesRiseAndStayWithinTheLength() {
        List<Arrivals.Arrival> plan = Arrivals.plan(20, Duration.ofSeconds(10), 3, 1);

        assertThat(plan).extracting(Arrivals.Arrival::at).isSorted();
        assertThat(plan.get(plan.size() - 1).at()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void theSeedMakesThePlan() {
        assertThat(Arrivals.plan(20, Duration.ofSeconds(5), 3, 1))
                .isEqualTo(Arrivals.plan(20, Duration.ofSeconds(5), 3, 1))
                .isNotEqualTo(Arrivals.plan(20, Duration.ofSeconds(5), 3, 2));
    }

    private static Duration gap(List<Arrivals.Arrival> plan, int i) {
        return plan.get(i).at().minus(plan.get(i - 1).at());
    }
}
