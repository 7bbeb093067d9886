package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;

/** State of one channel; lives from Newchannel to Hangup. */
final class Channel {

    enum Kind {
        /** An employee's phone. */
        EMPLOYEE,
        /** A party outside: the client, or where the client was forwarded to. */
        OUTSIDE,
        /** Half of a Local channel: a wire between two pieces of dialplan. */
        LOCAL,
        /** Came in by a context that the settings do not name. */
        STRANGE,
        /** Asterisk's own means. */
        TOOL
    }

    final String uniqueid;
    final String name;
    final Kind kind;

    /** Whether the other side called in, as opposed to Asterisk dialling it. */
    final boolean placed;

    final Instant createdAt;
    final String callerNumber;

    /** What was dialled, if it {@link #placed} the call. */
    final String exten;

    LiveCall call;

    /** Who dials it; null if nobody or a command does. */
    Channel dialledBy;

    boolean dialled;
    String bridge = "";
    Instant bridgedAt;

    /** When, by the hub's clock, a list showed it in this bridge; null if it was heard to enter. */
    Instant listedAt;

    /** When it last left a bridge; null if never. */
    Instant unbridgedAt;

    Instant lastHeard;

    Channel(
            String uniqueid,
            String name,
            Kind kind,
            boolean placed,
            Instant createdAt,
            String callerNumber,
            String exten) {
        this.uniqueid = uniqueid;
        this.name = name;
        this.kind = kind;
        this.placed = placed;
        this.createdAt = createdAt;
        this.callerNumber = callerNumber;
        this.exten = exten;
        this.lastHeard = createdAt;
    }

    String extension() {
        return AccountView.extension(name);
    }

    /** Name of the other half of a Local channel; empty if this is none. */
    String otherHalf() {
        if (name.endsWith(";1")) {
            return name.substring(0, name.length() - 1) + "2";
        }
        return name.endsWith(";2") ? name.substring(0, name.length() - 1) + "1" : "";
    }
}
