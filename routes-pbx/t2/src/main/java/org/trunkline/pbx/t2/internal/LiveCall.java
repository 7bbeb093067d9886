package org.trunkline.pbx.t2.internal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Direction;
import org.trunkline.model.PhoneNumber;

/**
 * A call that was seen in t2's lists.
 *
 * @param key made up by us, as t2 gives live calls none
 * @param legs extension to polls in a row that did not show it; {@link #OVER}: told as ended
 * @param unseen polls in a row that did not show the call
 * @param gone when it was seen no more
 */
record LiveCall(
        String key,
        Direction direction,
        Optional<PhoneNumber> client,
        Map<String, Integer> legs,
        int unseen,
        Optional<Instant> gone) {

    static final int OVER = Integer.MAX_VALUE;

    /** What tells calls of one poll apart: t2 lists no ids. */
    static String identity(Direction direction, Optional<PhoneNumber> client) {
        return direction + " " + client.map(PhoneNumber::value).orElse("hidden");
    }

    String identity() {
        return identity(direction, client);
    }

    LiveCall seen(Map<String, Integer> nowLegs) {
        return new LiveCall(key, direction, client, nowLegs, 0, gone);
    }

    LiveCall unseen(int polls, Optional<Instant> since) {
        return new LiveCall(key, direction, client, legs, polls, since);
    }
}
