package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What one portal holds at rest, in the same words for every vendor. Nothing of it comes from the
 * hub's code.
 */
interface PortalSide {

    /**
     * A call that is written in the portal.
     *
     * @param number the client's
     * @param key what the hub named it by, never given twice
     * @param direction {@code inbound} or {@code outbound}
     * @param status in the vendor's words
     * @param recordings how many hang on it
     * @param flaws what is not as it must be, whatever the call
     */
    record Written(
            String number,
            String key,
            String user,
            String direction,
            String status,
            int seconds,
            int recordings,
            List<Oracle.Finding> flaws,
            JsonNode row) {}

    /** What must be there of a call, in the vendor's statuses. */
    List<CallKind.Wanted> wanted(CallKind kind);

    /**
     * Whose the one contact and the one deal of the call's client must be.
     *
     * @return empty: he must have neither; {@link #ANYBODY}: whoever's
     */
    Optional<String> owner(CallKind kind);

    String ANYBODY = "";

    /**
     * Whether a call that the hub knows, with employees who were rung, must be in the portal.
     *
     * @param call as the hub lists it
     */
    boolean keeps(JsonNode call);

    List<Written> records();

    /** The responsible users of the client's contacts, one for each. */
    List<String> contacts(String client);

    /** The responsible users of the client's deals, one for each. */
    List<String> deals(String client);

    /** What only such a portal can have wrong: what still stands open, what came too late. */
    List<Oracle.Finding> own();

    /** Requests that the portal refused for the hub's haste. */
    long refusals();

    /** A number's digits, however it is written. */
    static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
