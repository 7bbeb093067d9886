package org.trunkline.pbx.asterisk.internal;

import java.util.ArrayList;
import java.util.List;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Event;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Incoming;

/**
 * Holds back what is heard before the first list of channels, and lets the list go first. Who comes
 * in the middle of a call would take a client who is being transferred for an employee: his channel
 * runs through the employees' contexts then, and only list and store together tell who he is. What
 * is told once more after the list changes nothing.
 */
final class FirstList {

    private final List<Incoming> waiting = new ArrayList<>();
    private boolean known;

    /** What is to be translated now, in this order. */
    List<Incoming> inOrder(List<Incoming> batch) {
        if (known) {
            return batch;
        }
        List<Incoming> now = new ArrayList<>();
        for (Incoming one : batch) {
            if (known) {
                now.add(one);
            } else if (one instanceof Event) {
                waiting.add(one);
            } else {
                known = true;
                now.add(one);
                now.addAll(waiting);
                waiting.clear();
            }
        }
        return now;
    }
}
