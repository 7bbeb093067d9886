package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.EntityKind;

/** What Bitrix24 calls entities. */
final class CrmEntities {

    private CrmEntities() {}

    /** As the telephony methods name the client of a call; empty: they name none. */
    static Optional<Entity> ofCall(JsonNode reply) {
        String id = reply.path("CRM_ENTITY_ID").asText("");
        String type = reply.path("CRM_ENTITY_TYPE").asText("");
        return Stream.of(EntityKind.values())
                .filter(kind -> kind.name().equals(type) && id.matches("[1-9]\\d*"))
                .map(kind -> new Entity(kind, id))
                .findFirst();
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

    /** Where people see it, below the portal's address. */
    static String path(Entity entity) {
        return "/crm/"
                + entity.kind().name().toLowerCase(Locale.ROOT)
                + "/details/"
                + entity.id()
                + "/";
    }
}
