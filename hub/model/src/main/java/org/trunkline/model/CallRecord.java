package org.trunkline.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One call record that the CRM should hold. A call has one; each transfer adds one for the leg it
 * leads to (rules M4, X1).
 *
 * @param key unique within the call and never changing: {@code main} or the leg's key
 * @param line the company's number; empty where the PBX did not say
 * @param user CRM user under whom the record is registered
 * @param fallbackUsers who stands in, in this order, if the CRM refuses the user (dismissed, say)
 * @param cards CRM users who should see the card now; empty: nobody
 * @param createEntities whether an unknown client becomes a lead, or contact and deal (K4, T14)
 * @param outcome present once this record's part of the call is over
 * @param recordings what should hang on it
 * @param activity its activity
 */
public record CallRecord(
        String key,
        Direction direction,
        PhoneNumber client,
        Optional<PhoneNumber> line,
        Instant startedAt,
        String user,
        List<String> fallbackUsers,
        SortedSet<String> cards,
        boolean createEntities,
        Optional<Outcome> outcome,
        List<Recording> recordings,
        Activity activity) {

    /** The record of the call's first part. */
    public static final String MAIN = "main";

    /**
     * The record's activity (rules O2, O3).
     *
     * @param wanted whether there is one
     * @param completed successful calls are, missed ones are not
     * @param handlesEarlier whether earlier activities that are not completed become handled
     */
    public record Activity(boolean wanted, boolean completed, boolean handlesEarlier) {}

    /**
     * How it ended.
     *
     * @param user CRM user whose call it was: the talker, or who answers for a missed one
     * @param talkSeconds whole seconds of talk with the client, 0 if there was none
     */
    public record Outcome(String user, long talkSeconds, CallResult result) {}
}
