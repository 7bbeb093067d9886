package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
