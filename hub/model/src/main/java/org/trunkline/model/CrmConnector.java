package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way into one kind of CRM; an OSGi service of the connector's bundle. Delivery finds it by
 * {@link #kind()}; while the bundle is away, work waits.
 */
public interface CrmConnector {

    CrmKind kind();

    /**
     * Brings the portal from what the steps say it holds to what is wanted, each step once. Blocks
     * until done; safe to be called for many calls at once, never for one call twice at a time.
     *
     * @param call the hub's id of the call, for ids of our own in the CRM
     * @throws Fault typed by what helps; steps done before stay done
     */
    void bring(Portal portal, String company, String call, Wanted wanted, StepLog steps);

    /**
     * Has all that only wait for their turn end at once, as not sent: delivery is about to pause,
     * and calls that begin meanwhile must not wait for those that are over.
     */
    void giveBack();

    /**
     * What is wanted.
     *
     * @param records as decided
     * @param recordingFolder see {@link Asterisk#recordings()}
     */
    record Wanted(List<CallRecord> records, Optional<String> recordingFolder) {}

    /**
     * All users of a portal, those dismissed too.
     *
     * @param oldest how old the answer may be; zero: it is asked for now. Blocks until it is there
     * @throws Fault typed by what helps
     */
    List<CrmUser> users(Portal portal, String company, Duration oldest);

    /** How the portals of this kind are, those that were spoken to since the start. */
    List<PortalHealth> health();
}
