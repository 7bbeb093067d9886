package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** {@code POST /leads/complex}: a lead with its contact and company in one go. */
final class ComplexLeads {
    private static final int MOST = 50;
    private static final int FIELD_VALUES = 40;
    private static final int TWINS = 3;
    private static final List<EntityType> PARTS =
            List.of(EntityType.CONTACTS, EntityType.COMPANIES);

    private ComplexLeads() {}

    static void add(ApiRoutes routes) {
        routes.add("POST", "leads/complex", ComplexLeads::add);
    }

    private static Reply add(ApiCall call) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items(MOST)) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            EntityMethods.check(item, call.portal(), EntityType.LEADS);
            fewValues(item);
            for (EntityType part : PARTS) {
                checkPart(call, item, part);
            }
            if (metadata(given).isPresent()) {
                item.choice("_embedded.metadata.category", Set.of("sip", "forms"));
                item.required("_embedded.metadata.category");
                Unsorted.checkOn(call.portal(), item);
            }
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            out.add(made(call, item));
        }
        return Hal.answer(out);
    }

    private static void checkPart(ApiCall call, Validation.Item item, EntityType part) {
        String path = "_embedded." + part.path();
        if (item.at(path).size() > 1) {
            item.wrong("TooMany", path, "This collection should contain 1 element or less.");
        }
        Optional<Validation.Item> given = item.inside(path + ".0");
        if (given.isEmpty()) {
            return;
        }
        String id = Json.text(given.get().row(), "id");
        boolean known = call.portal().entities(part).get(id).filter(r -> !gone(r)).isPresent();
        if (!id.isEmpty() && !known) {
            given.get().noChoice("id");
        }
        EntityMethods.check(given.get(), call.portal(), part);
        fewValues(given.get());
    }

    private static boolean gone(JsonNode row) {
        return EntityRow.isDeleted(row);
    }

    private static void fewValues(Validation.Item item) {
        int values = 0;
        for (JsonNode field : item.at("custom_fields_values")) {
            values += field.path("values").size();
        }
        if (values > FIELD_VALUES) {
            item.wrong("TooMany", "custom_fields_values", "Not more than 40 values are taken.");
        }
    }

    private static ObjectNode made(ApiCall call, Validation.Item item) throws ApiFault {
        ObjectNode given = item.row();
        ObjectNode out = Json.object();
        Optional<ObjectNode> twin = twin(call.portal(), given);
        if (twin.isPresent()) {
            merged(call.portal(), twin.get(), out);
        } else {
            fresh(call, given, out);
        }
        out.putArray("request_id").add(item.requestId());
        return out.put("merged", twin.isPresent());
    }

    private static void fresh(ApiCall call, ObjectNode given, ObjectNode out) throws ApiFault {
        Optional<JsonNode> metadata = metadata(given);
        boolean unsorted = metadata.isPresent();
        ObjectNode lead = EntityMethods.made(call, EntityType.LEADS, given, unsorted);
        out.set("id", lead.path("id"));
        List<String> parts = new ArrayList<>();
        for (EntityType part : PARTS) {
            Optional<String> id = part(call, lead, given, part, unsorted);
            put(out, part, id);
            parts.addAll(id.stream().toList());
        }
        if (parts.size() == PARTS.size()) {
            call.portal()
                    .links()
                    .link(EntityType.CONTACTS, parts.get(0), EntityType.COMPANIES, parts.get(1));
        }
        if (unsorted) {
            call.portal().unsorted().enter(call, lead, metadata.get(), given);
        }
    }

    /** Control of duplicates leaves the lead that is there as it is. */
    private static void merged(AmoPortal portal, ObjectNode lead, ObjectNode out) {
        out.set("id", lead.path("id"));
        String id = lead.path("id").asText();
        for (EntityType part : PARTS) {
            put(out, part, portal.links().of(EntityType.LEADS, id, part).stream().findFirst());
        }
    }

    private static void put(ObjectNode out, EntityType part, Optional<String> id) {
        String name = part.singular() + "_id";
        id.ifPresentOrElse(one -> out.put(name, Long.parseLong(one)), () -> out.putNull(name));
    }

    /** Makes or takes the part and links it with the lead. */
    static Optional<String> part(
            ApiCall call, ObjectNode lead, JsonNode given, EntityType part, boolean unsorted)
            throws ApiFault {
        JsonNode one = given.path("_embedded").path(part.path()).path(0);
        if (!(one instanceof ObjectNode model)) {
            return Optional.empty();
        }
        String id = Json.text(model, "id");
        if (id.isEmpty()) {
            id = EntityMethods.made(call, part, model, unsorted).path("id").asText();
        }
        call.portal().links().link(EntityType.LEADS, lead.path("id").asText(), part, id);
        return Optional.of(id);
    }

    /**
     * The newest active lead whose main contact has one of the numbers, if the integration looks
     * for such; more than three are left alone. A contact without a lead is no duplicate.
     */
    private static Optional<ObjectNode> twin(AmoPortal portal, ObjectNode given) {
        if (!portal.integration().duplicateControl()) {
            return Optional.empty();
        }
        ObjectNode row = EntityRow.seeded(portal, EntityType.CONTACTS, contact(given));
        List<ObjectNode> leads =
                AmoRows.phones(row).stream()
                        .flatMap(p -> portal.entities(EntityType.CONTACTS).byPhone(p).stream())
                        .flatMap(found -> mainOf(portal, found.path("id").asText()))
                        .distinct()
                        .toList();
        return leads.isEmpty() || leads.size() > TWINS
                ? Optional.empty()
                : Optional.of(leads.get(leads.size() - 1));
    }

    private static Stream<ObjectNode> mainOf(AmoPortal portal, String contact) {
        return portal.links().of(EntityType.CONTACTS, contact, EntityType.LEADS).stream()
                .filter(id -> portal.links().isMain(id, contact))
                .flatMap(id -> portal.entities(EntityType.LEADS).get(id).stream())
                .filter(lead -> EntityRow.isVisible(portal, EntityType.LEADS, lead))
                .filter(lead -> !EntityRow.isClosed(lead));
    }

    private static ObjectNode contact(JsonNode given) {
        JsonNode contact = given.path("_embedded").path("contacts").path(0);
        return contact instanceof ObjectNode object ? object : Json.object();
    }

    private static Optional<JsonNode> metadata(JsonNode given) {
        JsonNode data = given.path("_embedded").path("metadata");
        return data.isObject() ? Optional.of(data) : Optional.empty();
    }
}
