package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import org.trunkline.crm.connector.Lane;

/**
 * Commands of one call that travel together and run in this order.
 *
 * @param commands empty: a request outside the courier's own, such as an upload, that only needs
 *     its turn
 */
record Parcel(Lane lane, List<Command> commands) implements org.trunkline.crm.connector.Parcel {

    @Override
    public int size() {
        return commands.size();
    }

    /** For a request outside the courier's own. */
    static Parcel turn(Lane lane) {
        return new Parcel(lane, List.of());
    }

    static Parcel of(Lane lane, Command... commands) {
        return new Parcel(lane, List.of(commands));
    }

    /** Whether it needs a request for itself. */
    boolean alone() {
        return commands.isEmpty();
    }
}
