package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The vendor counts what arrives within a second, and refuses the eighth (apis: "Limits"). */
class PaceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MS = Duration.ofMillis(1).toNanos();

    @Test
    void X8_oneThatComesAloneLeavesAtOnce() {
        Pace pace = new Pace(5, -SECOND);

        assertThat(pace.nanosUntilRoom(0)).isZero();
    }

    @Test
    void X8_afterATakeoverTheFirstWaitsForTheOthersSecondToPass() {
        Pace pace = new Pace(5, 0);

        assertThat(pace.nanosUntilRoom(0)).isEqualTo(SECOND);
        assertThat(pace.nanosUntilRoom(SECOND)).isZero();
    }

    @Test
    void X8_promptRepliesLeaveTheWholePace() {
        Pace pace = new Pace(5, -SECOND);
        long now = 0;
        int left = 0;
        while (now < 60 * SECOND) {
            long wait = pace.nanosUntilRoom(now);
            now += wait;
            if (wait == 0) {
                pace.departed(now);
                pace.replied(now, now + 100 * MS);
                left++;
            }
        }

        assertThat(left).isBetween(299, 301);
    }

    /**
     * Whatever the network does to each request, no more than seven arrive in any second.
     *
     * @param delays between departure and arrival, and between arrival and reply, in milliseconds
     */
    @Property(tries = 300)
    void X8_noSecondSeesMoreThanTheVendorTakes(
            @ForAll @Size(min = 20, max = 60) List<@IntRange(max = 3000) Integer> delays,
            @ForAll @IntRange(min = 1, max = 7) int perSecond) {
        Pace pace = new Pace(perSecond, -SECOND);
        List<long[]> underWay = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        long now = 0;
        int next = 0;
        while (next < delays.size()) {
            for (long[] request : List.copyOf(underWay)) {
                if (request[1] <= now) {
                    pace.replied(request[0], request[1]);
                    underWay.remove(request);
                }
            }
            long wait = pace.nanosUntilRoom(now);
            if (wait == 0) {
                long arrival = now + delays.get(next) * MS;
                pace.departed(now);
                arrivals.add(arrival);
                underWay.add(new long[] {now, arrival + 20 * MS});
                next++;
            }
            now += MS;
        }
        Collections.sort(arrivals);
        for (int i = 7; i < arrivals.size(); i++) {
            assertThat(arrivals.get(i) - arrivals.get(i - 7)).isGreaterThan(SECOND);
        }
    }
}
