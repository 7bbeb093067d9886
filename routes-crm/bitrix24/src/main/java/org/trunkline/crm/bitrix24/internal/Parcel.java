package org.trunkline.crm.bitrix24.internal;

import java.util.List;

/**
 * Commands of one call that travel together and run in this order.
 *
 * @param commands empty: a request outside the courier's own, such as an upload, that only needs
 *     its turn
 */
record Parcel(Lane lane, List<Command> commands) {

    static Parcel of(Lane lane, Command... commands) {
        return new Parcel(lane, List.of(commands));
    }

    /** Whether it needs a request for itself. */
    boolean alone() {
        return commands.isEmpty();
    }
}
