package org.trunkline.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When calls come in and where. Callers know nothing of each other (Poisson), so there are bursts,
 * and the plan is made beforehand: a slow hub does not put off the next call.
 */
public final class Arrivals {

    /**
     * @param at since the beginning
     * @param place 0 to places - 1
     */
    public record Arrival(Duration at, int place) {}

    private Arrivals() {}

    /**
     * @param perSecond on the average, at all places together
     * @param seed the same seed gives the same plan
     */
    public static List<Arrival> plan(double perSecond, Duration length, int places, long seed) {
        Random random = new Random(seed);
        List<Arrival> plan = new ArrayList<>();
        double second = 0;
        while (true) {
            second += -Math.log(1 - random.nextDouble()) / perSecond;
            Duration at = Duration.ofNanos((long) (second * 1e9));
            if (at.compareTo(length) >= 0) {
                return plan;
            }
            plan.add(new Arrival(at, random.nextInt(places)));
        }
    }
}
