package org.trunkline.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way into one kind of CRM; an OSGi service of the connector's bundle. Delivery finds it by
 * {@link #kind()}; while the bundle is away, work waits.
 */
public interface CrmConnector {

    CrmKind kind();

    /**
     * What the portal holds under a number. Blocks until it answered; no card waits for it.
     *
     * @throws Fault typed by what helps
     */
    Client find(Portal portal, String company, PhoneNumber number);

    /**
     * Likewise; a connector that mirrors the portal's numbers may answer from there (X7).
     *
     * @param openMatters whether a client without an open deal or lead would get one
     */
    default Client find(Portal portal, String company, PhoneNumber number, boolean openMatters) {
        return find(portal, company, number);
    }

    /**
     * Likewise, for somebody who waits for the answer: it goes before what only has to be written,
     * where the connector makes a difference.
     */
    default Client findAhead(Portal portal, String company, PhoneNumber number) {
        return find(portal, company, number, false);
    }

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
     * @param call as it is now
     * @param client what the decision took the client for; unknown where it did not ask
     * @param recordings where the call's recordings are to be had
     * @param links see {@link #link}
     */
    record Wanted(
            Call call,
            Decision decision,
            Client client,
            RecordingPlace recordings,
            Function<Recording, Optional<URI>> links) {

        /** For a CRM that is given the recordings themselves. */
        public Wanted(Call call, Decision decision, Client client, RecordingPlace recordings) {
            this(call, decision, client, recordings, recording -> Optional.empty());
        }

        /** Whether the call is over: before, entities may be yet to come. */
        public boolean ended() {
            return call.ended();
        }

        /**
         * The recording's link for a CRM that keeps only that, whether it is there yet or not
         * ({@link RecordingLinks}). Empty where there are none: the step {@code link:ID} then says
         * why, with the cure.
         */
        public Optional<URI> link(Recording recording) {
            return links.apply(recording);
        }

        public List<CallRecord> records() {
            return decision.records();
        }
    }

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
