package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.portal.Table;

/** Contacts, companies, leads and customers: reading and writing them. */
final class EntityMethods {
    private EntityMethods() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "{entity}", EntityMethods::list);
        routes.add("POST", "{entity}", EntityMethods::create);
        routes.add("PATCH", "{entity}", EntityMethods::updateMany);
        routes.add("GET", "{entity}/{id}", EntityMethods::one);
        routes.add("PATCH", "{entity}/{id}", EntityMethods::updateOne);
        routes.add("POST", "{entity}/{id}/link", call -> EntityLinks.change(call, true));
        routes.add("POST", "{entity}/{id}/unlink", call -> EntityLinks.change(call, false));
        routes.add("GET", "{entity}/{id}/links", EntityLinks::list);
    }

    private static Reply list(ApiCall call) throws ApiFault {
        EntityType type = call.type();
        List<ObjectNode> found =
                new ArrayList<>(
                        call.portal().entities(type).all().stream()
                                .filter(row -> EntityRow.isVisible(call.portal(), type, row))
                                .filter(row -> allowed(call, type, "view", row))
                                .filter(EntityFilter.of(call))
                                .toList());
        EntityFilter.sort(call, found);
        return Hal.page(
                call,
                type.path(),
                found,
                row -> EntityView.of(call.portal(), type, row, call.with()));
    }

    private static Reply one(ApiCall call) {
        EntityType type = call.type();
        return call.portal()
                .entities(type)
                .get(call.argument(1))
                .filter(row -> !EntityRow.isDeleted(row))
                .filter(row -> allowed(call, type, "view", row))
                .map(row -> Hal.answer(EntityView.of(call.portal(), type, row, call.with())))
                .orElseGet(() -> Reply.empty(204));
    }

    private static Reply create(ApiCall call) throws ApiFault {
        EntityType type = call.type();
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            check(item, call.portal(), type);
            EntityLinks.check(item, call.portal());
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            ObjectNode row = made(call, type, item.row(), false);
            EntityLinks.embedded(call.portal(), type, row, item.row());
            out.add(brief(call, type, row).put("request_id", item.requestId()));
        }
        return Hal.written(call, type.path(), out);
    }

    static void check(Validation.Item item, AmoPortal portal, EntityType type) {
        EntityRow.check(item, portal, type);
        if (type == EntityType.LEADS) {
            Pipelines.check(item, portal);
        }
    }

    /** Makes the row and tells those who listen. */
    static ObjectNode made(ApiCall call, EntityType type, ObjectNode given, boolean unsorted)
            throws ApiFault {
        Rights.demand(call, type, "add");
        AmoPortal portal = call.portal();
        ObjectNode row =
                portal.entities(type)
                        .add(EntityRow.fresh(portal, type, given, call.user(), unsorted));
        if (!unsorted) {
            portal.hooks().happened("add", type, row);
        }
        return row;
    }

    private static boolean allowed(ApiCall call, EntityType type, String action, JsonNode row) {
        return Rights.allow(call.portal(), call.user(), type, action, row);
    }

    private static Reply updateMany(ApiCall call) throws ApiFault {
        EntityType type = call.type();
        Table table = call.portal().entities(type);
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            item.required("id");
            if (table.get(Json.text(given, "id")).filter(r -> !EntityRow.isDeleted(r)).isEmpty()) {
                item.noChoice("id");
            }
            check(item, call.portal(), type);
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            ObjectNode row = table.get(Json.text(item.row(), "id")).orElseThrow();
            if (!allowed(call, type, "edit", row)) {
                throw ApiFault.forbidden();
            }
            update(call, type, row, item.row());
            ObjectNode brief = brief(call, type, row).put("request_id", item.requestId());
            brief.set("updated_at", row.path("updated_at"));
            out.add(brief);
        }
        return Hal.written(call, type.path(), out);
    }

    private static Reply updateOne(ApiCall call) throws ApiFault {
        EntityType type = call.type();
        ObjectNode row =
                call.portal()
                        .entities(type)
                        .get(call.argument(1))
                        .filter(found -> !EntityRow.isDeleted(found))
                        .orElseThrow(ApiFault::notFound);
        if (!allowed(call, type, "edit", row)) {
            throw ApiFault.forbidden();
        }
        Validation validation = new Validation();
        check(validation.item(call.item(), 0), call.portal(), type);
        validation.check();
        update(call, type, row, call.item());
        ObjectNode out = brief(call, type, row);
        out.set("updated_at", row.path("updated_at"));
        return Hal.answer(out);
    }

    private static void update(ApiCall call, EntityType type, ObjectNode row, ObjectNode given) {
        AmoPortal portal = call.portal();
        ObjectNode before = row.deepCopy();
        row.put("updated_by", Long.parseLong(call.user())).put("updated_at", call.now());
        boolean moved =
                given.has("pipeline_id")
                        && !given.has("status_id")
                        && !given.get("pipeline_id").equals(row.path("pipeline_id"));
        if (type == EntityType.LEADS && moved) {
            Pipelines.place(portal, row, given, false);
        }
        EntityRow.write(portal, type, row, given);
        portal.entities(type).reindex(row);
        portal.hooks().changed(type, before, row);
    }

    private static ObjectNode brief(ApiCall call, EntityType type, JsonNode row) {
        ObjectNode out = Json.object();
        out.set("id", row.path("id"));
        return Hal.self(call.portal(), out, type.path() + "/" + row.path("id").asText());
    }
}
