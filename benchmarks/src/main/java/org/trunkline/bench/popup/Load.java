package org.trunkline.bench.popup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.load.Arrivals;
import org.trunkline.bench.load.Feed;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.load.Playing;
import org.trunkline.bench.process.JsonHttp;

/** Calls that the sandbox plays over real AMI sockets, and what it noted of them. */
final class Load {
    /** Calls a second at all feeds together. */
    static final double PER_SECOND = 20;

    /** Real calls that ring 201 first: talk, no answer, given up, a ring group. */
    private static final List<String> CAPTURES =
            List.of(
                    "inbound-answered",
                    "inbound-noanswer",
                    "inbound-caller-cancel",
                    "ringall-answered");

    private static final long POLL_MILLIS = 100;

    /** After the last event for what the CRM is still to be told. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final JsonHttp sandbox;
    private int played;

    Load(JsonHttp sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * Plays calls as planned, then waits until all are over.
     *
     * @param seed of the plan
     */
    Latencies play(List<Feed> feeds, Duration length, long seed)
            throws IOException, InterruptedException {
        List<Arrivals.Arrival> plan = Arrivals.plan(PER_SECOND, length, feeds.size(), seed);
        Playing calls = Playing.begun(sandbox, feeds, plan, i -> next());
        calls.lags();
        while (playing()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
        return calls.latencies(sandbox);
    }

    private Playing.Ring next() {
        String capture = CAPTURES.get(played % CAPTURES.size());
        return new Playing.Ring(capture, String.format(Locale.ROOT, "7916%07d", ++played));
    }

    private boolean playing() throws IOException, InterruptedException {
        for (JsonNode pbx : sandbox.get("/sandbox/ami").path("items")) {
            if (!pbx.path("playing").isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
