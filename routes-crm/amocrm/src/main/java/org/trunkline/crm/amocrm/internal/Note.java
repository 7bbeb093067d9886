package org.trunkline.crm.amocrm.internal;

import java.util.Optional;
import org.trunkline.crm.connector.Entity;

/** A note of the account, and where it stands. */
record Note(Entity on, String id) {

    /** What {@link #toString} wrote. */
    static Optional<Note> read(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Entity.read(text.substring(0, slash))
                        .map(on -> new Note(on, text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return on + "/" + id;
    }
}
