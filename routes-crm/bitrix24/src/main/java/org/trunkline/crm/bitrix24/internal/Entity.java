package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;

/** A contact, company, lead or deal of the portal. */
record Entity(EntityKind kind, String id) {

    static Entity of(Client.Found found) {
        return new Entity(found.kind(), found.id());
    }

    /** As the telephony methods name the client of a call; empty: they name none. */
    static Optional<Entity> ofCall(JsonNode reply) {
        String id = reply.path("CRM_ENTITY_ID").asText("");
        String type = reply.path("CRM_ENTITY_TYPE").asText("");
        return Stream.of(EntityKind.values())
                .filter(kind -> kind.name().equals(type) && id.matches("[1-9]\\d*"))
                .map(kind -> new Entity(kind, id))
                .findFirst();
    }

    /** What {@link #toString} wrote. */
    static Optional<Entity> read(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(
                        new Entity(
                                EntityKind.valueOf(text.substring(0, colon)),
                                text.substring(colon + 1)));
    }

    /** The vendor's number of a kind. */
    static int type(EntityKind kind) {
        return switch (kind) {
            case LEAD -> 1;
            case DEAL -> 2;
            case CONTACT -> 3;
            case COMPANY -> 4;
        };
    }

    int type() {
        return type(kind);
    }

    /** Where people see it, below the portal's address. */
    String path() {
        return "/crm/" + kind.name().toLowerCase(Locale.ROOT) + "/details/" + id + "/";
    }

    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
