package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** Looks a number up in the CRM as telephony does. */
final class ClientLookup {
    private ClientLookup() {}

    /** The client: a contact, else a company, else a lead that is still in work. */
    static Optional<EntityRef> client(Portal portal, String normalised) {
        return clients(portal, normalised).stream().findFirst();
    }

    static List<EntityRef> clients(Portal portal, String normalised) {
        List<EntityRef> found = new ArrayList<>();
        if (normalised.isEmpty()) {
            return found;
        }
        for (EntityKind kind : List.of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD)) {
            for (ObjectNode row : portal.entities(kind).byPhone(normalised)) {
                if (kind != EntityKind.LEAD || inWork(kind, row)) {
                    found.add(new EntityRef(kind, row.get("ID").asText()));
                }
            }
        }
        return found;
    }

    /** Deals of a contact or company that are not closed. */
    static List<EntityRef> activeDeals(Portal portal, EntityRef client) {
        return active(EntityKind.DEAL, portal.entities(EntityKind.DEAL).all(), client);
    }

    /** An active deal, or an active lead made for a known client. */
    static boolean hasActive(Portal portal, EntityRef client) {
        return client.kind() == EntityKind.LEAD
                || !activeDeals(portal, client).isEmpty()
                || !active(EntityKind.LEAD, portal.entities(EntityKind.LEAD).all(), client)
                        .isEmpty();
    }

    /** "Без имени" for a client that has none. */
    static String name(Portal portal, EntityRef ref) {
        Optional<ObjectNode> row = portal.entity(ref);
        String title = row.map(r -> Json.text(r, "TITLE")).orElse("");
        String name =
                row.map(r -> Json.text(r, "NAME") + " " + Json.text(r, "LAST_NAME"))
                        .orElse("")
                        .strip();
        String shown = ref.kind() == EntityKind.CONTACT || title.isEmpty() ? name : title;
        return shown.isEmpty() ? AutoCreate.NAMELESS : shown;
    }

    static boolean inWork(EntityKind kind, ObjectNode row) {
        return Json.text(row, kind.semanticField()).equals("P");
    }

    private static List<EntityRef> active(
            EntityKind kind, Collection<ObjectNode> rows, EntityRef client) {
        return rows.stream()
                .filter(row -> inWork(kind, row) && belongs(row, client))
                .map(row -> new EntityRef(kind, row.get("ID").asText()))
                .toList();
    }

    private static boolean belongs(ObjectNode row, EntityRef client) {
        if (client.kind() == EntityKind.COMPANY) {
            return Json.text(row, "COMPANY_ID").equals(client.id());
        }
        if (client.kind() != EntityKind.CONTACT) {
            return false;
        }
        boolean listed = false;
        for (var id : row.path("CONTACT_IDS")) {
            listed |= id.asText().equals(client.id());
        }
        return listed || Json.text(row, "CONTACT_ID").equals(client.id());
    }
}
