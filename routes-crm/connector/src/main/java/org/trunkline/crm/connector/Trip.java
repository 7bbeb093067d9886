package org.trunkline.crm.connector;

import java.util.Optional;
import org.trunkline.model.Fault;

/** What came of one request. Each CRM adds what its replies may say. */
public interface Trip {

    /** It brought no answer. */
    sealed interface Mishap extends Trip {}

    /** What a reply that did not arrive makes of it; empty: one arrived. */
    static Optional<Trip> mishap(Reply reply) {
        if (reply instanceof Reply.Unreached unreached) {
            return Optional.of(new Unreached(unreached.reason(), unreached.cure()));
        }
        return reply instanceof Reply.Lost lost
                ? Optional.of(new Lost(lost.reason(), ""))
                : Optional.empty();
    }

    /** It was not read for want of a good token; there is one now. */
    record Renewed() implements Mishap {}

    /** Nobody knows what was done. */
    record Lost(String why, String cure) implements Mishap {}

    /** The portal cannot be reached; nothing was done. */
    record Unreached(String why, String cure) implements Mishap {}

    /** Nothing was done, for a reason that is not the way to the portal. */
    record Unsent(Fault fault) implements Mishap {}
}
