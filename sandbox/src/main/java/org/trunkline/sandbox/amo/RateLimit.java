package org.trunkline.sandbox.amo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Seven requests in any second; who goes on is shut out for a while. Read the harder way where the
 * vendor is silent: the window slides, refused requests count as well, all tokens of the account
 * share it, and knocking while shut out starts the time anew.
 */
final class RateLimit {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What becomes of a request. */
    enum Verdict {
        WELCOME,
        TOO_MANY,
        BLOCKED
    }

    /**
     * @param blockAfter 429s within a minute that lead to the block
     * @param blockFor how long every request then gets 403
     */
    record Rules(boolean enabled, int perSecond, int blockAfter, Duration blockFor) {}

    private final Deque<Instant> arrivals = new ArrayDeque<>();
    private final Deque<Instant> excesses = new ArrayDeque<>();
    private Rules rules = new Rules(true, 7, 10, MINUTE);
    private Instant blockedUntil = Instant.MIN;
    private long refused;
    private long blocked;

    synchronized Verdict admit(Instant now) {
        if (!rules.enabled()) {
            return Verdict.WELCOME;
        }
        if (now.isBefore(blockedUntil)) {
            blocked++;
            blockedUntil = now.plus(rules.blockFor());
            return Verdict.BLOCKED;
        }
        forget(arrivals, now.minus(SECOND));
        arrivals.add(now);
        if (arrivals.size() <= rules.perSecond()) {
            return Verdict.WELCOME;
        }
        refused++;
        forget(excesses, now.minus(MINUTE));
        excesses.add(now);
        if (excesses.size() >= rules.blockAfter()) {
            blockedUntil = now.plus(rules.blockFor());
            excesses.clear();
        }
        return Verdict.TOO_MANY;
    }

    private static void forget(Deque<Instant> times, Instant until) {
        while (!times.isEmpty() && !times.peekFirst().isAfter(until)) {
            times.removeFirst();
        }
    }

    synchronized Rules rules() {
        return rules;
    }

    synchronized void rules(Rules changed) {
        rules = changed;
        blockedUntil = Instant.MIN;
    }

    /** Requests answered with 429 because they came too fast; planted ones don't count. */
    synchronized long refused() {
        return refused;
    }

    /** Requests answered with 403 because the account was shut out. */
    synchronized long blocked() {
        return blocked;
    }
}
