package org.trunkline.store.internal;

import org.trunkline.model.Fault;

/** Checks what people give to lists. */
final class Limits {

    private static final int MOST = 500;

    private Limits() {}

    /**
     * A list's limit.
     *
     * @throws Fault.Data if it is outside 1 to 500
     */
    static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Fault.Data(
                    "limit " + limit + " is outside 1 to " + MOST, "give 1 to " + MOST);
        }
        return limit;
    }

    static Fault.Data badCursor(String cursor) {
        return new Fault.Data(
                "cursor '" + cursor + "' is none of this list",
                "give 'next' of a page before, or leave it out");
    }
}
