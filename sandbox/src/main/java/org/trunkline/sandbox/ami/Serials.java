package org.trunkline.sandbox.ami;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of one PBX: no two replays on it share a channel, a call or a run. */
final class Serials {
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong channels = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();

    /** The part of a Uniqueid behind the dot. */
    long nextCall() {
        return calls.getAndIncrement();
    }

    /** The hexadecimal end of a channel's name. */
    String nextChannel() {
        return String.format("%08x", channels.getAndIncrement());
    }

    long nextRun() {
        return runs.incrementAndGet();
    }
}
