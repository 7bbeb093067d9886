package org.trunkline.pbx.asterisk.internal.agi;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** What peers do wrong, told once a minute at most: whoever knocks must not fill the log. */
final class Complaints {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private long next;
    private int untold;

    Complaints(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    synchronized void say(String what) {
        if (nanoTime.getAsLong() - next < 0) {
            untold++;
            return;
        }
        next = nanoTime.getAsLong() + PAUSE;
        log.warn("FastAGI: {}{}", what, untold == 0 ? "" : " (and " + untold + " more before)");
        untold = 0;
    }
}
