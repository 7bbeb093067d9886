package org.trunkline.crm.amocrm.internal.widget;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The one-time tokens that were used and would still hold. In memory: after a restart a click told
 * again is the call that the journal already has under its token's id, and never dials; looks at
 * calls and employees change nothing. Thread-safe.
 */
final class SpentTokens {

    /** Above this the ones that hold no more are cleared away. */
    private static final int TIDY = 1_000;

    private final Clock clock;
    private final Map<String, Instant> spent = new HashMap<>();
    private int tidyAt = TIDY;

    SpentTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param portal company and portal
     * @return whether it was not used before
     */
    synchronized boolean spend(String portal, DisposableToken token) {
        if (spent.size() >= tidyAt) {
            Instant now = clock.instant();
            spent.values().removeIf(until -> !until.isAfter(now));
            tidyAt = Math.max(TIDY, 2 * spent.size());
        }
        return spent.putIfAbsent(portal + "/" + token.id(), token.until()) == null;
    }
}
