package org.trunkline.store;

/**
 * Which companies this hub serves: hears their PBXs for the journal, folds their calls, speaks to
 * their portals. Hubs that share a database serve each company one at a time, so that a portal's
 * pace and tokens have one owner; when a hub falls silent, another takes its companies over within
 * {@value #SECONDS_TO_TAKE_OVER} seconds. A hub with a database of its own serves all.
 */
public interface Leases {

    /** From the last word of a hub to the first deed of its successor, at most. */
    int SECONDS_TO_TAKE_OVER = 10;

    /** What a hub knows about one company now. */
    enum Standing {
        /** This hub serves it, and none else. */
        SERVING,
        /** Another hub serves it, or this one will in a moment. */
        STANDBY,
        /** Not known: the database does not answer, or this process was paused. Wait and ask. */
        DOUBTFUL
    }

    /** From memory; true at the moment of the answer. */
    Standing standing(String company);

    /** See {@link Standing#SERVING}; to be asked right before each deed that others would see. */
    default boolean serves(String company) {
        return standing(company) == Standing.SERVING;
    }

    /** Called when this hub began or ceased to serve any company; must return at once. */
    Subscription onChange(Runnable signal);
}
