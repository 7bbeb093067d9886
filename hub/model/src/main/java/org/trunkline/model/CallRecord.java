package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
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
 * @param written how much of it the CRM's history should show by now
 * @param recordings what should hang on it
 * @param transcript the words of the talk (rule M5)
 * @param activity its activity
 * @param begun how it began in this CRM; empty: it did not
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
        Written written,
        List<Recording> recordings,
        Optional<String> transcript,
        Activity activity,
        Optional<Begun> begun) {

    /** The record of the call's first part. */
    public static final String MAIN = "main";

    /** This one as long as nobody knows where it goes: its cards, and nothing in the history. */
    public CallRecord cardsOnly() {
        return new CallRecord(
                key,
                direction,
                client,
                line,
                startedAt,
                user,
                fallbackUsers,
                cards,
                createEntities,
                outcome,
                Written.NOT_YET,
                List.of(),
                Optional.empty(),
                activity,
                begun);
    }

    /** How far a record is written. CRMs that want a whole record only wait for {@code WHOLE}. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum Written {
        /** It goes on, or waits for its responsible (O12). */
        NOT_YET,
        /** At the answer (I2), or until the duration follows (I3). */
        WITHOUT_DURATION,
        WHOLE
    }

    /**
     * The record's activity (rules O2, O3).
     *
     * @param wanted whether there is one
     * @param completed successful calls are, missed ones are not
     * @param handlesEarlier whether earlier activities that are not completed become handled
     * @param callBackWithin in a CRM whose calls can't be left open, how long after a missed call
     *     somebody is to have called back; empty: that is nobody's task
     */
    public record Activity(
            boolean wanted,
            boolean completed,
            boolean handlesEarlier,
            Optional<Duration> callBackWithin) {}

    /**
     * A call that began in this very CRM (rules T17, T19).
     *
     * @param portalCall the CRM's own id of it: it is registered and must not be again; empty for a
     *     callback, and for a click in amoCRM
     * @param clicker CRM user who clicked: where the CRM registered it, its card is open; empty for
     *     a callback
     * @param setback why it did not become a talk
     */
    public record Begun(
            Optional<String> portalCall, Optional<String> clicker, Optional<Setback> setback) {}

    /**
     * How it ended.
     *
     * @param user CRM user whose call it was: the talker, or who answers for a missed one
     * @param talkSeconds whole seconds of talk with the client, 0 if there was none
     */
    public record Outcome(String user, long talkSeconds, CallResult result) {}
}
