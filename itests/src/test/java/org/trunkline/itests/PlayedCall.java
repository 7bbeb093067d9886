package org.trunkline.itests;

import java.time.Instant;
import java.util.Set;

/**
 * A call that a replayed PBX played.
 *
 * @param client a number that no other call has
 * @param pbxCallIds Asterisk's Uniqueids of all its channels, Linkedids among them
 * @param to when its last event was sent
 */
record PlayedCall(
        CallKind kind,
        String company,
        String client,
        Set<String> pbxCallIds,
        Instant from,
        Instant to) {
    @Override
    public String toString() {
        return kind + " " + client + " of " + company + " " + pbxCallIds + " " + from + "/" + to;
    }
}
