package org.trunkline.crm.bitrix24.internal;

/**
 * How full the portal's leaky bucket can be at most. The portal counts a request when it arrives,
 * which is some time between its departure and its reply; so a request counts in full until its
 * reply and leaks only from then on. That is never less than the portal's own count, however slow
 * the network or this machine is.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Bucket {

    private static final double SECOND = 1e9;

    private Limits limits;
    private double leaking;
    private int inFlight;
    private long asOf;

    /**
     * Nobody knows what was sent before: at worst a burst that filled the bucket.
     *
     * @param since when another process may have sent last
     */
    Bucket(Limits limits, long since) {
        this.limits = limits;
        this.leaking = limits.size();
        this.asOf = since;
    }

    void limits(Limits changed, long now) {
        leak(now);
        limits = changed;
    }

    Limits limits() {
        return limits;
    }

    /** Nanoseconds until one more request fits below a level; 0: it fits now. */
    long nanosUntilRoom(int below, long now) {
        leak(now);
        double excess = leaking + inFlight + 1 - below;
        if (excess <= 0) {
            return 0;
        }
        // What is in flight does not leak: if that is all, its replies decide, so look again soon.
        double leakable = Math.min(excess, leaking);
        double seconds = leakable / limits.leakPerSecond();
        return Math.max(
                1, (long) Math.ceil(Math.max(seconds, excess > leaking ? 0.1 : 0) * SECOND));
    }

    /**
     * Nanoseconds between departures that are in no hurry: none while nothing is in flight, the
     * time of a leak once as much is as fits below a level.
     */
    long nanosBetween(int below) {
        return (long) (SECOND / limits.leakPerSecond() * Math.min(1, inFlight / (double) below));
    }

    void departed(long now) {
        leak(now);
        inFlight++;
    }

    void replied(long now) {
        leak(now);
        inFlight--;
        leaking++;
    }

    /** The portal says that it is full, so others use it too. */
    void full(long now) {
        leak(now);
        leaking = Math.max(leaking, limits.size() - inFlight);
    }

    private void leak(long now) {
        leaking = Math.max(0, leaking - (now - asOf) / SECOND * limits.leakPerSecond());
        asOf = now;
    }
}
