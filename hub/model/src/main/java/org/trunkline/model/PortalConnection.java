package org.trunkline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How portals of one kind of CRM connect themselves to the hub (rules T1 to T3); an OSGi service of
 * the connector's bundle. Safe for many threads.
 */
public interface PortalConnection {

    CrmKind kind();

    /**
     * Lets the portal be installed for a while, or until it was.
     *
     * @param open from now on; at least a second
     * @throws Fault.Retryable if the store can't be written
     */
    State open(String company, Portal portal, Duration open);

    /** Nobody may install it from now on; what is connected stays so. */
    State close(String company, Portal portal);

    /** How the portal is connected, as the store has it. */
    State state(String company, Portal portal);

    /** Forgets the portal's tokens, so that another company may connect it; its work waits. */
    State release(String company, Portal portal);

    /**
     * Renews the tokens now; all settings stay.
     *
     * @return the outcome in words
     * @throws Fault typed by what helps
     */
    String refreshTokens(String company, Portal portal);

    /**
     * Asks the portal who the hub is there, what it may do and what there is, and whether the
     * portal reaches the hub (rule T5). Blocks up to a minute. What goes wrong is in the report.
     */
    Check check(String company, Portal portal);

    /**
     * A report for people.
     *
     * @param words the whole in a sentence
     * @param cure what to do; empty where nothing is to be done
     */
    record Check(boolean ok, String words, String cure, List<CheckItem> items) {}

    /** One line of a report. */
    record CheckItem(String name, String value, boolean ok) {}

    /**
     * State of one portal's connection.
     *
     * @param connected whether the hub holds tokens of it
     * @param openUntil it may be installed until then; empty: not now
     * @param connectedAt when it was installed last; empty: its tokens came by the document
     * @param releasedAt when it was uninstalled or released; empty: it was not, or came again
     * @param refusal of the last installation that was not taken; empty: none since it connected
     * @param installAddress where a portal without a page of ours is to send its installation; of
     *     amoCRM the redirect address of the integration
     * @param appAddress where a portal is to open our page; of amoCRM the page where an
     *     administrator of the account consents, empty while it may not be installed
     */
    record State(
            boolean connected,
            Optional<Instant> openUntil,
            Optional<Instant> connectedAt,
            Optional<Instant> releasedAt,
            Optional<Refusal> refusal,
            String installAddress,
            String appAddress) {}

    /**
     * Why an installation was not taken.
     *
     * @param cure what to do about it
     */
    record Refusal(Instant at, String reason, String cure) {}
}
