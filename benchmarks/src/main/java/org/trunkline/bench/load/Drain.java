package org.trunkline.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.Progress;
import org.trunkline.bench.process.JsonHttp;

/** Calls that came in while the CRM was down, once it is back. */
public final class Drain {
    public static final int CALLS = 3600;
    private static final String CAPTURE = "inbound-answered";

    /** Faster than life: nobody looks at these calls before they are over. */
    private static final double SPEED = 20;

    private static final long MILLIS_BETWEEN_CALLS = 20;

    private Drain() {}

    /** Returns when all {@link #CALLS} are delivered; the ledger then tells of nothing else. */
    public static void play(Firm firm) throws IOException, InterruptedException {
        firm.know(CALLS);
        firm.fault("down");
        for (int i = 1; i <= CALLS; i++) {
            JsonHttp.accepted(firm.play(CAPTURE, Firm.client(i), SPEED).join());
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_CALLS);
        }
        while (firm.playing() || firm.open() < CALLS) {
            TimeUnit.SECONDS.sleep(1);
        }
        firm.forgetLedger();
        Progress.say("%d calls wait for their CRM, which is back now", firm.open());
        firm.mend();
        firm.rest();
    }
}
