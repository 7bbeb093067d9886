package org.trunkline.pbx.asterisk.internal.ami;

import java.time.Instant;
import java.util.List;

/** Takes what Asterisk sends, in order. */
public interface AmiSink {

    /** One thing that came from Asterisk. */
    sealed interface Incoming {}

    /** Given after each login, before all that the session tells: much may have gone unheard. */
    record SessionBegan() implements Incoming {}

    record Event(AmiMessage message, Instant receivedAt) implements Incoming {}

    /**
     * The channels that live now; given after each login and every few minutes. Calls that it
     * doesn't know have ended while nobody listened.
     *
     * @param channels {@code CoreShowChannel} or {@code Status} events
     * @param afterGap whether events may have been missed before it
     */
    record Snapshot(List<AmiMessage> channels, boolean afterGap, Instant receivedAt)
            implements Incoming {}

    /**
     * No list of channels can be had of this session: the AMI user may not ask for one, say, or the
     * client is closed.
     */
    record Unlisted() implements Incoming {}

    /**
     * May block: then the queue before it fills, the socket is no longer read and TCP slows
     * Asterisk down. Nothing is dropped on our side. Never interrupted: a thread interrupted in
     * H2's file access closes the whole database. Does not throw: what it took is its own.
     *
     * @param batch what came since the last call, at least one
     */
    void accept(List<Incoming> batch);

    /**
     * Each event at once, before it waits its turn for {@link #accept}. In the reading thread: must
     * not block.
     */
    default void hear(AmiMessage event) {}
}
