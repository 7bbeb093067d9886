package org.trunkline.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.trunkline.bench.process.JsonHttp;

/** Live calls of known clients at one PBX. */
public final class Loaded {
    private static final String CAPTURE = "inbound-answered";
    private static final long SEED = 1;

    private Loaded() {}

    /**
     * What came of it.
     *
     * @param calls so many were played
     */
    public record Outcome(int calls, Latencies cards) {}

    /** Plays calls at their own speed, as planned beforehand; returns when all is delivered. */
    public static Outcome play(Firm firm, double perSecond, Duration length)
            throws IOException, InterruptedException {
        List<Arrivals.Arrival> plan = Arrivals.plan(perSecond, length, 1, SEED);
        firm.know(plan.size());
        firm.forgetLedger();
        JsonHttp sandbox = firm.stage().sandbox();
        Playing playing =
                Playing.begun(
                        sandbox,
                        List.of(firm.feed()),
                        plan,
                        i -> new Playing.Ring(CAPTURE, Firm.client(i + 1)));
        playing.lags();
        firm.rest();
        return new Outcome(plan.size(), playing.latencies(sandbox));
    }
}
