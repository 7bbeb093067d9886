package org.trunkline.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call as the facts heard so far tell it; made by {@link CallFold}, read by rules and people.
 *
 * @param key the PBX's key of the call
 * @param direction empty until a fact says it
 * @param line the company's number that the client dialled or was shown
 * @param result empty while the call lives
 * @param answeredAt when talk with the client began
 * @param talkSeconds whole seconds in which at least one employee talked to the client, of the legs
 *     that have ended
 * @param legs in order of ringing
 * @param mergedInto the PBX's key of the call that this one became part of
 */
public record Call(
        String company,
        String account,
        String key,
        Optional<Direction> direction,
        Optional<PhoneNumber> client,
        Optional<PhoneNumber> line,
        CallState state,
        Optional<CallResult> result,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        long talkSeconds,
        List<Leg> legs,
        List<Recording> recordings,
        Map<String, String> attributes,
        Optional<String> mergedInto) {

    /** The attribute that holds the words of the talk (rule M5). */
    public static final String TRANSCRIPT = "transcript";

    /**
     * The hub's id of this call: the same for the same PBX call, whenever and wherever computed.
     */
    public String id() {
        return id(company, account, key);
    }

    /** See {@link #id()}. 24 hexadecimal digits. */
    public static String id(String company, String account, String callKey) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    String.join("\n", company, account, callKey)
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    public boolean ended() {
        return state == CallState.ENDED;
    }

    public boolean is(Direction wanted) {
        return direction.filter(d -> d == wanted).isPresent();
    }

    /** This call, given up because nothing more is heard of it. */
    Call endedInVain(Instant at, Map<String, String> told) {
        return new Call(
                company,
                account,
                key,
                direction,
                client,
                line,
                CallState.ENDED,
                Optional.of(CallResult.FAILED),
                startedAt,
                answeredAt,
                Optional.of(at),
                talkSeconds,
                legs,
                recordings,
                Map.copyOf(told),
                mergedInto);
    }

    public Optional<Leg> leg(String legKey) {
        return legs.stream().filter(l -> l.key().equals(legKey)).findFirst();
    }
}
