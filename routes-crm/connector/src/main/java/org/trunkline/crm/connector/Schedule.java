package org.trunkline.crm.connector;

import java.util.List;
import java.util.Optional;

/**
 * Decides what leaves for a portal, and when, by the CRM's own limits. Guarded by its courier's
 * lock; times are monotonic nanoseconds.
 */
public interface Schedule<P extends Parcel> {

    void join(Waiting<P> waiting);

    /** Back to the front, in the same order. */
    void rejoin(List<Waiting<P>> returned);

    /** Whether it still stood here, that is, has not left. */
    boolean giveUp(Waiting<P> waiting);

    /** Takes away all that have not left. */
    List<Waiting<P>> withdraw();

    /** All that have not left. */
    List<Waiting<P>> all();

    /**
     * Who leads the next departure; empty if nobody waits or all wait for a pause to end. Any of
     * these methods may change who it is; time alone only when a pause ends.
     */
    Optional<Waiting<P>> head(long now);

    /** How long until this parcel's next chance, if it leads then. */
    long nanosUntil(Waiting<P> waiting, long now);

    /** How long a pause, if any, still holds this parcel back. */
    long nanosPaused(Waiting<P> waiting, long now);

    /**
     * Lets the head and all that may go with it leave. To be called only when the head's time has
     * come; each departure is told to {@link #returned} later.
     */
    List<Waiting<P>> depart(long now);

    /** These are not under way any more, whatever came of them. */
    void returned(List<Waiting<P>> carried, long now);
}
