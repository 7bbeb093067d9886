package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which card a number belongs to: the rule that /calls and popups share. */
record CallTarget(EntityType type, String id) {

    /**
     * The contact, else the company, with the number by its last ten digits; its only active lead
     * when it has no customer, its only customer when it has no active lead. Nothing that waits in
     * Unsorted is seen, nor what the token's owner may not see (trap 5).
     */
    static Optional<CallTarget> of(ApiCall call, String phone) {
        AmoPortal portal = call.portal();
        String key = Digits.key(phone);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return Stream.of(EntityType.CONTACTS, EntityType.COMPANIES)
                .flatMap(type -> owners(call, type, key))
                .findFirst()
                .map(owner -> owner.narrowed(portal));
    }

    private static Stream<CallTarget> owners(ApiCall call, EntityType type, String key) {
        AmoPortal portal = call.portal();
        List<ObjectNode> rows =
                Digits.tooShort(key)
                        ? portal.entities(type).all().stream()
                                .filter(row -> endsWith(row, key))
                                .toList()
                        : portal.entities(type).byPhone(key);
        return rows.stream()
                .filter(row -> EntityRow.isVisible(portal, type, row))
                .filter(row -> Rights.allow(portal, call.user(), type, "view", row))
                .map(row -> new CallTarget(type, row.path("id").asText()));
    }

    private static boolean endsWith(ObjectNode row, String key) {
        return AmoRows.phones(row).stream().anyMatch(phone -> phone.endsWith(key));
    }

    private CallTarget narrowed(AmoPortal portal) {
        List<CallTarget> leads =
                linked(portal, EntityType.LEADS)
                        .filter(row -> !EntityRow.isClosed(row))
                        .map(row -> new CallTarget(EntityType.LEADS, row.path("id").asText()))
                        .toList();
        List<CallTarget> customers =
                linked(portal, EntityType.CUSTOMERS)
                        .map(row -> new CallTarget(EntityType.CUSTOMERS, row.path("id").asText()))
                        .toList();
        if (leads.size() == 1 && customers.isEmpty()) {
            return leads.get(0);
        }
        return customers.size() == 1 && leads.isEmpty() ? customers.get(0) : this;
    }

    private Stream<ObjectNode> linked(AmoPortal portal, EntityType wanted) {
        return portal.links().of(type, id, wanted).stream()
                .flatMap(other -> portal.entities(wanted).get(other).stream())
                .filter(row -> EntityRow.isVisible(portal, wanted, row));
    }
}
