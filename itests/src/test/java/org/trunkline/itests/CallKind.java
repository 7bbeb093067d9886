package org.trunkline.itests;

import java.util.List;

/**
 * Kinds of calls that the generator mixes, and what the CRM must hold of each. Worked out by hand
 * from the script that drove the recorded Asterisk: who was dialled, after how many seconds who
 * answered, when who hung up. Employees 201, 202, 203 are the CRM users 7, 8, 9.
 */
enum CallKind {
    /** 201 answers, 3 s of talk. */
    ANSWERED("inbound-answered", "inbound", talk("7", 3, 3)),
    /** 201 rings for 6 s, then the dialplan gives up. */
    MISSED("inbound-noanswer", "inbound", missed("7")),
    /** 201 rings for 2.5 s, then the client hangs up. */
    GIVEN_UP("inbound-caller-cancel", "inbound", missed("7")),
    /** 201 sends Busy Here: for the portal a missed call. */
    BUSY("inbound-busy", "inbound", missed("7")),
    /** 201, 202 and 203 ring, 202 answers, 3 s of talk. */
    RING_ALL("ringall-answered", "inbound", talk("8", 3, 3)),
    /** 202 takes it from the queue 1.5 s after that answered; the client leaves after 3 s. */
    QUEUE("queue-answered", "inbound", talk("8", 1, 2)),
    /** 201 lets it ring for 3 s, 202 answers at 5.5 s of 7 s. */
    SECOND_AGENT("queue-linear-second-member", "inbound", talk("8", 1, 2)),
    /** Trunk to Local channel to phone, as MikoPBX dials. */
    LOCAL("inbound-local-mikopbx", "inbound", talk("7", 3, 3)),
    /** 201 talks 1.5 s, sends the call to 202, who answers 1.5 s later; 7 s in all. */
    BLIND_TRANSFER("blind-transfer", "inbound", talk("7", 1, 2), talk("8", 4, 4)),
    /** 201 talks 1.5 s, asks 202 for 2 s while the client holds, then goes; 11 s in all. */
    ATTENDED_TRANSFER("attended-transfer", "inbound", talk("7", 1, 6), talk("8", 5, 7)),
    /** 201 calls out, 3 s of talk. */
    OUTGOING("outbound-answered", "outbound", talk("7", 3, 3)),
    /** 201 calls out, the client is busy. */
    OUTGOING_BUSY("outbound-busy", "outbound", new Wanted("7", "486", 0, 0, false)),
    /** 4 s of talk with MixMonitor on. */
    RECORDED("mixmonitor", "inbound", new Wanted("7", "200", 3, 5, true)),
    /** 201 calls 202: no client, so nothing for the CRM. */
    INTERNAL("internal-answered", "internal");

    /**
     * A finished call of the CRM.
     *
     * @param user CRM user
     * @param status STATUS_CODE
     */
    record Wanted(String user, String status, int fromSeconds, int toSeconds, boolean recorded) {}

    private final String capture;
    private final String direction;
    private final List<Wanted> records;

    CallKind(String capture, String direction, Wanted... records) {
        this.capture = capture;
        this.direction = direction;
        this.records = List.of(records);
    }

    String capture() {
        return capture;
    }

    String direction() {
        return direction;
    }

    /** One for each employee who talked with the client, or the one who missed it. */
    List<Wanted> records() {
        return records;
    }

    boolean answered() {
        return this == INTERNAL || records.get(0).status().equals("200");
    }

    /** With a second of tolerance for rounding at either end. */
    private static Wanted talk(String user, int from, int to) {
        return new Wanted(user, "200", from - 1, to + 1, false);
    }

    private static Wanted missed(String user) {
        return new Wanted(user, "304", 0, 0, false);
    }
}
