package org.trunkline.store.internal;

import java.time.DateTimeException;
import java.time.Instant;
import org.trunkline.model.Call;

/** Where a list of calls goes on: after this one. */
record CallCursor(Instant startedAt, String id) {

    /** Before the first; a year that both databases know. */
    static final CallCursor LATEST = new CallCursor(Instant.parse("9999-01-01T00:00:00Z"), "");

    static CallCursor of(Call call) {
        return new CallCursor(call.startedAt(), call.id());
    }

    String write() {
        return startedAt.toEpochMilli() + "-" + id;
    }

    static CallCursor read(String cursor) {
        int dash = cursor.lastIndexOf('-');
        try {
            Instant at = Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dash)));
            if (at.isBefore(LATEST.startedAt)) {
                return new CallCursor(at, cursor.substring(dash + 1));
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException | DateTimeException e) {
            // told below like every other wrong cursor
        }
        throw Limits.badCursor(cursor);
    }
}
