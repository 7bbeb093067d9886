package org.trunkline.pbx.mango.internal.translate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;

/** Gathers the neutral events of one message of Mango. */
final class Told {

    /** What all events of the message have in common. */
    record Envelope(
            String company, String account, String kind, NativeMessage message, Instant received) {

        /**
         * Mango's messages have no id of their own and are sent again if in doubt: the same text is
         * the same message.
         */
        String nativeId() {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256")
                                .digest(
                                        (kind + "\n" + message.text())
                                                .getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }
    }

    private final Envelope envelope;
    private final String callKey;
    private final String nativeId;
    private final List<CallEvent> events = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if the message does not say which call it is about
     */
    Told(Envelope envelope) {
        this.envelope = envelope;
        this.callKey = envelope.message().id("entry_id");
        this.nativeId = envelope.nativeId();
    }

    Told call(Confidence sure, Instant at, Fact fact) {
        return add(Optional.empty(), sure, at, fact);
    }

    Told leg(String leg, Confidence sure, Instant at, Fact fact) {
        return add(Optional.of(leg), sure, at, fact);
    }

    private Told add(Optional<String> leg, Confidence sure, Instant at, Fact fact) {
        events.add(
                new CallEvent(
                        envelope.company(),
                        envelope.account(),
                        callKey,
                        leg,
                        Optional.of(nativeId + "-" + events.size()),
                        envelope.message().number("seq"),
                        at,
                        envelope.received(),
                        sure,
                        fact,
                        envelope.message().text()));
        return this;
    }

    List<CallEvent> events() {
        return List.copyOf(events);
    }
}
