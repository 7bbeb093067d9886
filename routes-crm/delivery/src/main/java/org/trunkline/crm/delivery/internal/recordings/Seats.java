package org.trunkline.crm.delivery.internal.recordings;

import java.util.HashMap;
import java.util.Map;

/** Who listens now. One company's listeners leave as many seats to the others. Thread-safe. */
final class Seats {

    static final int ALL = 64;
    static final int OF_ONE_COMPANY = 32;

    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** Whether there was one; {@link #leave} gives it back. */
    synchronized boolean take(String company) {
        if (all == ALL || taken.getOrDefault(company, 0) == OF_ONE_COMPANY) {
            return false;
        }
        all++;
        taken.merge(company, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String company) {
        all--;
        taken.computeIfPresent(company, (key, count) -> count == 1 ? null : count - 1);
    }
}
