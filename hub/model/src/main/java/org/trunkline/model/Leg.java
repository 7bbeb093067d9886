package org.trunkline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to connect one employee; an outbound call has its caller's leg.
 *
 * @param key the PBX's key of the leg, unique within the call
 * @param extension whose phone it is; empty while the PBX has not said
 * @param answeredAt when this employee began to talk to the client, which for an outbound leg is
 *     when the client picked up
 * @param result empty while the leg lives
 * @param transferredFrom key of the leg that handed the call over
 */
public record Leg(
        String key,
        Optional<String> extension,
        Optional<Instant> ringingAt,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        Optional<LegResult> result,
        Optional<String> transferredFrom,
        Optional<TransferKind> transfer) {

    public boolean answered() {
        return answeredAt.isPresent();
    }

    public boolean ended() {
        return endedAt.isPresent();
    }

    /** Whether the phone rings now. */
    public boolean ringing() {
        return !answered() && !ended();
    }

    /** Whole seconds of talk with the client, 0 or more; 0 while it goes on. */
    public long talkSeconds() {
        return answeredAt
                .flatMap(from -> endedAt.map(to -> Duration.between(from, to).toSeconds()))
                .map(seconds -> Math.max(0, seconds))
                .orElse(0L);
    }
}
