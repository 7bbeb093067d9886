package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the hub knows of the set-up of one kind of CRM's portals (rules T4, T6, O17); an OSGi
 * service of the connector's bundle. Safe for many threads.
 */
public interface PortalDirectory {

    CrmKind kind();

    /** As it was read last; asks nobody. */
    CrmDirectory known(String company, Portal portal);

    /**
     * As it is now, or was a short while ago. Blocks until it is there.
     *
     * @param oldest how old what is known may be
     * @throws Fault typed by what helps; what was known stays known
     */
    CrmDirectory known(String company, Portal portal, Duration oldest);

    /**
     * Reads all anew. A part that can't be read, or is not whole, stays as it was known.
     *
     * @throws Fault if nothing could be read; typed by what helps
     */
    Synchronised synchronise(String company, Portal portal);

    /**
     * What else writes calls into the portal, by what it wrote within the last week (O17).
     *
     * @return for people, such as {@code application Other PBX (12 calls)}
     * @throws Fault typed by what helps
     */
    List<String> telephonyBeside(String company, Portal portal);

    /** How far the portal's phone book has come (X7). */
    Book book(String company, Portal portal);

    /** How many entities the phone book holds; counts them. */
    Map<EntityKind, Long> inBook(String company, Portal portal);

    /**
     * What the phone book holds under a number, in milliseconds and whether the portal answers or
     * not; it may be a little old.
     */
    Client inBook(String company, Portal portal, PhoneNumber number);

    /**
     * The state of a phone book.
     *
     * @param percent how much of the portal it knows, as far as ids tell
     * @param filledAt when it was last read whole
     * @param caughtUpAt when the portal was last asked for changes
     */
    record Book(
            BookState state,
            int percent,
            Optional<Instant> filledAt,
            Optional<Instant> caughtUpAt) {}

    /** Whether a phone book may answer in the portal's place. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    enum BookState {
        /** Switched off. */
        OFF,
        /** It knows only a part of the portal. */
        FILLING,
        CURRENT,
        /** The portal could not be asked for changes lately. */
        STALE
    }

    /**
     * What a synchronisation brought.
     *
     * @param changes by part, {@code users} and the like
     * @param problems what could not be read, and why
     * @param warnings what a person should look at in the CRM
     */
    record Synchronised(
            CrmDirectory directory,
            Map<CrmDirectory.Part, Change> changes,
            List<Problem> problems,
            List<Problem> warnings) {}

    /**
     * How a part differs from what was known; each by its id and name.
     *
     * @param count how many there are now
     */
    record Change(int count, List<String> added, List<String> removed, List<String> changed) {}

    /**
     * Something that is not as it should be.
     *
     * @param part where
     * @param cure what to do about it; empty where waiting is all
     */
    record Problem(CrmDirectory.Part part, String message, String cure) {}
}
