package org.trunkline.crm.amocrm.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often an account may be asked. The vendor counts requests of a second when they arrive, which
 * is some time between departure and reply. So departures are evenly spaced, and a request takes
 * one of the second's places for a second from its departure, or from its reply if that was late:
 * however slow the network, no more arrive in a second than the vendor takes.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The vendor's own limit. */
    static final int MOST = 7;

    /** Never that exactly: clocks are not. */
    private static final double MARGIN_SECONDS = 0.02;

    private int perSecond;
    private long next;
    private int underWay;

    /** When places that are not under way any more become free. */
    private final Deque<Long> freeAt = new ArrayDeque<>();

    /**
     * @param perSecond requests; 1 to 7
     * @param since when another process may have sent last, at worst a second's worth
     */
    Pace(int perSecond, long since) {
        this.perSecond = perSecond;
        this.next = since + SECOND;
    }

    void perSecond(int changed) {
        perSecond = changed;
    }

    /** Nanoseconds until one more may leave; 0: now. */
    long nanosUntilRoom(long now) {
        while (!freeAt.isEmpty() && freeAt.peekFirst() - now <= 0) {
            freeAt.removeFirst();
        }
        long spaced = Math.max(0, next - now);
        if (underWay + freeAt.size() < perSecond) {
            return spaced;
        }
        // If all are under way their replies decide, so look again soon.
        long free = freeAt.isEmpty() ? SECOND / 100 : freeAt.peekFirst() - now;
        return Math.max(spaced, free);
    }

    /**
     * A reply within this time says that the request arrived about when it left: even if each of
     * them was as late as that, no more than {@link #MOST} arrive together.
     */
    private long prompt() {
        double seconds = (double) MOST / perSecond - 1 - MARGIN_SECONDS;
        return (long) (Math.max(0, Math.min(1 - MARGIN_SECONDS, seconds)) * SECOND);
    }

    /** A request leaves. What was late does not make the next one late too. */
    void departed(long now) {
        long interval = SECOND / perSecond;
        boolean inStep = now - next < interval;
        next = (inStep ? next : now) + interval;
        underWay++;
    }

    /**
     * Its reply came, or never will.
     *
     * @param departed when it left
     */
    void replied(long departed, long now) {
        underWay--;
        long arrived = now - departed <= prompt() ? departed : now;
        long free = arrived + SECOND;
        if (free - now > 0) {
            Deque<Long> later = new ArrayDeque<>();
            while (!freeAt.isEmpty() && freeAt.peekLast() - free > 0) {
                later.addFirst(freeAt.removeLast());
            }
            freeAt.addLast(free);
            freeAt.addAll(later);
        }
    }
}
