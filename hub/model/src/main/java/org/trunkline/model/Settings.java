package org.trunkline.model;

import java.util.Optional;

/**
 * The business settings of one integration: the preset with the integration's own settings merged
 * over it. Read by {@link SettingsDocument}; names as in contracts.md.
 */
public record Settings(
        Popup popup,
        Record record,
        Entities entities,
        Responsible responsible,
        Recordings recordings) {

    /**
     * The card that shows who calls.
     *
     * @param outgoing whether outgoing calls show it too (rule K1)
     */
    public record Popup(boolean enabled, Audience audience, boolean outgoing) {}

    /** Who sees the card of an unknown client (rule T8). */
    public enum Audience {
        /** Whose phone rings. */
        RINGING,
        /** Every employee whom the simultaneous scenario rings and who is not on another call. */
        RING_ALL
    }

    /**
     * Which calls are written.
     *
     * @param missedWithoutEmployee user for calls that reached no employee; empty: not written
     *     (T13)
     */
    public record Record(
            boolean incoming, boolean outgoing, Optional<String> missedWithoutEmployee) {}

    /** What is made for a number that the CRM does not know (rules T14, K4). */
    public record Entities(
            CreateBy createBy,
            boolean incomingDirect,
            boolean incomingMultichannel,
            boolean outgoing) {}

    /** Who makes entities. */
    public enum CreateBy {
        /** The portal while it registers the call, by its own mode and exceptions list. */
        PORTAL,
        NOBODY
    }

    /**
     * Who becomes responsible (rule K5).
     *
     * @param missed for missed calls
     * @param incomingDefault where no other rule names anybody
     * @param outgoingDefault likewise for outgoing calls
     * @param talker which talker counts after a transfer
     */
    public record Responsible(
            Optional<String> missed,
            Optional<String> incomingDefault,
            Optional<String> outgoingDefault,
            Talker talker) {}

    /** Which of several talkers is responsible (rule O13). */
    public enum Talker {
        FIRST,
        LAST
    }

    /** Whether recordings go to the CRM (rule K3). */
    public record Recordings(boolean send) {}
}
