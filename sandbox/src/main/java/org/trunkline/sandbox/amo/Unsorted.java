package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** What waits in Unsorted, and the methods that put it there. */
final class Unsorted {
    private final Map<String, ObjectNode> waiting = new LinkedHashMap<>();
    private final List<ObjectNode> sorted = new ArrayList<>();

    static void add(ApiRoutes routes) {
        routes.add("POST", "leads/unsorted/sip", call -> create(call, "sip"));
        routes.add("POST", "leads/unsorted/forms", call -> create(call, "forms"));
        UnsortedDesk.add(routes);
    }

    /** Entries that nobody has taken yet, by uid. */
    Map<String, ObjectNode> waiting() {
        return waiting;
    }

    /** Entries accepted or declined: {@code action} says which. */
    List<ObjectNode> sorted() {
        return sorted;
    }

    void replace(JsonNode rows) {
        waiting.clear();
        for (JsonNode row : rows) {
            ObjectNode entry = row.deepCopy();
            if (!entry.has("lead_id")) {
                entry.set("lead_id", row.at("/_embedded/leads/0/id"));
            }
            entry.remove(Set.of("_embedded", "_links"));
            waiting.put(Json.text(row, "uid"), entry);
        }
    }

    private static Reply create(ApiCall call, String category) throws ApiFault {
        if (!call.portal().account().path("is_unsorted_on").asBoolean()) {
            throw ApiFault.badRequest("Unsorted is disabled");
        }
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            check(call.portal(), item, category);
        }
        validation.check();
        ArrayNode out = Json.array();
        for (Validation.Item item : items) {
            out.add(made(call, item, category));
        }
        ObjectNode body = Json.object().put("_total_items", out.size());
        Hal.link(body, "self", call.portal().address() + call.address());
        body.putObject("_embedded").set("unsorted", out);
        return Hal.answer(body);
    }

    private static void check(AmoPortal portal, Validation.Item item, String category) {
        item.required("source_uid", "source_name", "metadata", "_embedded");
        item.text("source_uid", "source_name");
        item.whole("created_at", "pipeline_id");
        item.object("metadata", "_embedded");
        Pipelines.check(item, portal);
        checkOn(portal, item);
        if (category.equals("sip")) {
            item.required(
                    "metadata.phone",
                    "metadata.called_at",
                    "metadata.duration",
                    "metadata.link",
                    "metadata.service_code",
                    "metadata.uniq");
            item.textOrWhole("metadata.phone", "metadata.from", "metadata.call_responsible");
            item.whole("metadata.called_at", "metadata.duration");
            item.text("metadata.link", "metadata.service_code", "metadata.uniq");
            item.flag("metadata.is_call_event_needed");
        } else {
            item.required("metadata.form_id", "metadata.form_name", "metadata.form_page");
            item.required("metadata.ip", "metadata.form_sent_at", "metadata.referer");
            item.text("metadata.form_id", "metadata.form_name", "metadata.form_page");
            item.text("metadata.ip", "metadata.referer");
            item.whole("metadata.form_sent_at");
        }
        for (EntityType part :
                List.of(EntityType.LEADS, EntityType.CONTACTS, EntityType.COMPANIES)) {
            String path = "_embedded." + part.path();
            if (item.at(path).size() > 1) {
                item.wrong("TooMany", path, "This collection should contain 1 element or less.");
            }
            item.inside(path + ".0").ifPresent(inner -> checkPart(inner, portal, part));
        }
    }

    /** A new entity, or one that is there by its id. */
    private static void checkPart(Validation.Item inner, AmoPortal portal, EntityType part) {
        String id = Json.text(inner.row(), "id");
        if (!id.isEmpty() && portal.entities(part).get(id).isEmpty()) {
            inner.noChoice("id");
        }
        EntityMethods.check(inner, portal, part);
    }

    /** Complains when Unsorted is off in the account or in the pipeline. */
    static void checkOn(AmoPortal portal, Validation.Item item) {
        ObjectNode pipeline =
                Pipelines.pipeline(portal, item.row()).orElseGet(() -> Pipelines.main(portal));
        if (!portal.account().path("is_unsorted_on").asBoolean()
                || !pipeline.path("is_unsorted_on").asBoolean()) {
            item.noChoice("pipeline_id");
        }
    }

    private static ObjectNode made(ApiCall call, Validation.Item item, String category)
            throws ApiFault {
        ObjectNode given = item.row();
        JsonNode model = given.path("_embedded").path("leads").path(0);
        ObjectNode wanted = model.isObject() ? model.deepCopy() : Json.object();
        if (given.has("pipeline_id")) {
            wanted.set("pipeline_id", given.get("pipeline_id"));
        } else {
            wanted.remove("pipeline_id");
        }
        ObjectNode lead = EntityMethods.made(call, EntityType.LEADS, wanted, true);
        for (EntityType part : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            ComplexLeads.part(call, lead, given, part, true);
        }
        ObjectNode data = given.get("metadata").deepCopy();
        data.put("category", category);
        ObjectNode entry = call.portal().unsorted().enter(call, lead, data, given);
        ObjectNode out = Json.object();
        out.set("uid", entry.path("uid"));
        out.set("account_id", entry.path("account_id"));
        out.put("request_id", item.requestId());
        Hal.self(call.portal(), out, "leads/unsorted/" + entry.path("uid").asText());
        out.set("_embedded", entities(call.portal(), lead.path("id").asText()));
        return out;
    }

    /** Enters a lead that is in the status Unsorted already. */
    ObjectNode enter(ApiCall call, ObjectNode lead, JsonNode metadata, JsonNode given) {
        ObjectNode kept = metadata.deepCopy();
        kept.remove(Set.of("category", "is_call_event_needed"));
        String uid = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        ObjectNode entry = Json.object().put("uid", uid.substring(0, 60));
        entry.put("source_uid", Json.text(given, "source_uid"));
        entry.put("source_name", Json.text(given, "source_name"));
        entry.put("category", Json.text(metadata, "category"));
        entry.set("pipeline_id", lead.path("pipeline_id"));
        entry.put("created_at", given.path("created_at").asLong(call.now()));
        entry.set("metadata", kept);
        entry.put("account_id", call.portal().accountId());
        entry.put("lead_id", lead.path("id").asLong());
        waiting.put(entry.path("uid").asText(), entry);
        if (metadata.path("is_call_event_needed").asBoolean()) {
            Notes.made(call, EntityType.LEADS, event(lead, metadata));
        }
        return entry;
    }

    private static ObjectNode event(ObjectNode lead, JsonNode metadata) {
        ObjectNode note = Json.object().put("note_type", "call_in");
        note.set("entity_id", lead.path("id"));
        note.put("created_at", metadata.path("called_at").asLong());
        ObjectNode params = note.putObject("params");
        params.put("source", Json.text(metadata, "service_code"));
        for (String key : List.of("uniq", "duration", "link", "phone", "call_responsible")) {
            if (metadata.has(key)) {
                params.set(key, metadata.get(key));
            }
        }
        return note;
    }

    /** The contacts, leads and companies of an entry, as its answers show them. */
    static ObjectNode entities(AmoPortal portal, String lead) {
        ObjectNode out = Json.object();
        for (EntityType part : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            ArrayNode rows = out.putArray(part.path());
            for (String id : portal.links().of(EntityType.LEADS, lead, part)) {
                ObjectNode row = rows.addObject().put("id", Long.parseLong(id));
                Hal.self(portal, row, part.path() + "/" + id);
            }
        }
        ObjectNode row = out.putArray("leads").addObject().put("id", Long.parseLong(lead));
        Hal.self(portal, row, "leads/" + lead);
        return out;
    }

    /** An entry as lists show it. */
    static ObjectNode shown(AmoPortal portal, ObjectNode entry) {
        ObjectNode out = entry.deepCopy();
        out.remove("lead_id");
        Hal.self(portal, out, "leads/unsorted/" + entry.path("uid").asText());
        out.set("_embedded", entities(portal, entry.path("lead_id").asText()));
        return out;
    }

    Optional<ObjectNode> find(String uid) {
        return Optional.ofNullable(waiting.get(uid));
    }
}
