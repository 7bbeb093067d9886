package org.trunkline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Property
    void staysWithinItsBounds(
            @ForAll @LongRange(min = 1, max = 60_000) long first,
            @ForAll @LongRange(min = 0, max = 3_600_000) long more,
            @ForAll @IntRange(min = 1) int failures,
            @ForAll long seed) {
        BackOff backOff = new BackOff(Duration.ofMillis(first), Duration.ofMillis(first + more));

        Duration wait = backOff.after(failures, new Random(seed));

        assertThat(wait).isPositive().isLessThanOrEqualTo(backOff.most());
        assertThat(wait.toMillis()).isGreaterThanOrEqualTo(Math.max(1, first * 3 / 4));
    }

    @Test
    void doublesUpToTheMost() {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

        assertThat(backOff.after(1, new Random(1)).toMillis()).isBetween(750L, 1_000L);
        assertThat(backOff.after(4, new Random(1)).toMillis()).isBetween(6_000L, 8_000L);
        assertThat(backOff.after(9, new Random(1)).toMillis()).isBetween(192_000L, 256_000L);
        assertThat(backOff.after(10, new Random(1)).toMillis()).isBetween(225_000L, 300_000L);
        assertThat(backOff.after(1_000_000, new Random(1)).toMillis())
                .isBetween(225_000L, 300_000L);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("above zero");
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("at most PT1S");
        assertThatThrownBy(
                        () ->
                                new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(2))
                                        .after(0, new Random(1)))
                .hasMessageContaining("1 or more");
    }
}
