package org.trunkline.store;

import java.util.List;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fault;

/**
 * The durable inbox of neutral events. What {@link #append} accepted is never lost.
 *
 * <p>There is no cursor over the rows: ids are assigned before the commit, so a reader that follows
 * the highest id loses rows that commit late (measured, design "Durability"). Each row carries its
 * own folded mark instead.
 */
public interface Journal {

    /**
     * Takes events in one commit. An event whose {@code nativeId} this account brought before is
     * skipped.
     *
     * @throws Fault.Retryable if the store can't be written; nothing was taken then, or, if the
     *     connection broke during the commit, perhaps all: bringing it again does no harm
     * @throws Fault.Data if an event can't be stored ever; nothing was taken then
     */
    void append(List<CallEvent> events);

    /** Calls with events that are not folded yet, the longest waiting first, at most so many. */
    List<Unfolded> unfolded(int mostCalls);

    /** Called after each append in this process; must return at once. Closing ends it. */
    Subscription onAppend(Runnable signal);

    /**
     * Unfolded events of one call: all of them, unless it has very many; then the rest comes at the
     * next look.
     *
     * @param rows ids of the journal's rows, in step with the events
     */
    record Unfolded(
            String company,
            String account,
            String callKey,
            List<Long> rows,
            List<CallEvent> events) {}
}
