package org.trunkline.crm.connector;

import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;

/** A contact, company, lead or deal of a portal. */
public record Entity(EntityKind kind, String id) {

    public static Entity of(Client.Found found) {
        return new Entity(found.kind(), found.id());
    }

    /** What {@link #toString} wrote. */
    public static Optional<Entity> read(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(
                        new Entity(
                                EntityKind.valueOf(text.substring(0, colon)),
                                text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
