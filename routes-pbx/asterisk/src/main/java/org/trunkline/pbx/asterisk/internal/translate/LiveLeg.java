package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;

/** State of one leg; its key is the Uniqueid of the employee's channel. */
final class LiveLeg {
    final String key;
    final String extension;
    final Instant ringingAt;

    /** When talk with the client began; null before. */
    Instant answeredAt;

    /** The employee took the phone off, if only to wait for the client. */
    boolean pickedUp;

    /** Null before. */
    Instant endedAt;

    /** Ringing ended in vain; how, the Hangup says: a phone that declines is told so only there. */
    boolean rangOut;

    /** Came about by a transfer, and that was told. */
    boolean transferred;

    /** Gave the client away by a blind transfer. */
    boolean gaveAway;

    /** When the employee left the last bridge; null if never. */
    Instant unbridgedAt;

    LiveLeg(String key, String extension, Instant ringingAt) {
        this.key = key;
        this.extension = extension;
        this.ringingAt = ringingAt;
    }

    boolean ended() {
        return endedAt != null;
    }

    boolean answered() {
        return answeredAt != null;
    }
}
