package org.trunkline.bench.bitrix24;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.Progress;
import org.trunkline.bench.process.JsonHttp;

/** Calls that came in while the portal was down, once it is back. */
final class Drain {
    private static final int CALLS = 3600;
    private static final String CAPTURE = "inbound-answered";

    /** Faster than life: nobody looks at these calls before they are over. */
    private static final double SPEED = 20;

    private static final long MILLIS_BETWEEN_CALLS = 20;

    private Drain() {}

    /** The limit by run time is off, as on a boxed portal. */
    static Run of(Firm firm) throws IOException, InterruptedException {
        firm.know(1, CALLS);
        firm.put(Firm.object().set("operating", Firm.object().put("enabled", false)));
        firm.fault("down");
        for (int i = 1; i <= CALLS; i++) {
            JsonHttp.accepted(firm.play(CAPTURE, Firm.client(i), SPEED).join());
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_CALLS);
        }
        while (firm.playing() || firm.open() < CALLS) {
            TimeUnit.SECONDS.sleep(1);
        }
        firm.put(Firm.object().set("ledger", Firm.object().arrayNode()));
        Progress.say("%d calls wait for their portal, which is back now", firm.open());
        firm.mend();
        firm.rest();
        return Run.of(firm.state(), CALLS);
    }
}
