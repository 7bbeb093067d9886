package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.sandbox.http.Json;

/** Points at one row of the CRM. */
record EntityRef(EntityKind kind, String id) {
    /** As {@code CRM_CREATED_ENTITIES} lists it. */
    ObjectNode asCreated() {
        return Json.object().put("ENTITY_TYPE", kind.name()).put("ENTITY_ID", Long.parseLong(id));
    }
}
