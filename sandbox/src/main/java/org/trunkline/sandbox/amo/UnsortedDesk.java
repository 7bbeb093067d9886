package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Looking through Unsorted, accepting and declining. */
final class UnsortedDesk {
    private static final List<String> CATEGORIES = List.of("sip", "mail", "forms", "chats");

    private UnsortedDesk() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "leads/unsorted", UnsortedDesk::list);
        routes.add("GET", "leads/unsorted/summary", UnsortedDesk::summary);
        routes.add("POST", "leads/unsorted/{uid}/accept", UnsortedDesk::accept);
        routes.add("DELETE", "leads/unsorted/{uid}/decline", UnsortedDesk::decline);
        routes.add("POST", "leads/unsorted/{uid}/link", UnsortedDesk::link);
        routes.add("GET", "leads/unsorted/{uid}", UnsortedDesk::one);
    }

    private static Reply list(ApiCall call) throws ApiFault {
        Set<String> uids = call.filtered("uid");
        Set<String> categories = call.filtered("category");
        Set<String> pipelines = call.filtered("pipeline_id");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode entry : call.portal().unsorted().waiting().values()) {
            if (fits(uids, entry, "uid")
                    && fits(categories, entry, "category")
                    && fits(pipelines, entry, "pipeline_id")) {
                found.add(Unsorted.shown(call.portal(), entry));
            }
        }
        Comparator<ObjectNode> byTime = Comparator.comparing(e -> e.path("created_at").asLong());
        String order = Json.text(call.query().path("order"), "created_at");
        found.sort(order.equals("desc") ? byTime.reversed() : byTime);
        return Hal.page(call, "unsorted", found);
    }

    private static boolean fits(Set<String> wanted, JsonNode entry, String key) {
        return wanted.isEmpty() || wanted.contains(Json.text(entry, key));
    }

    private static Reply one(ApiCall call) {
        return call.portal()
                .unsorted()
                .find(call.argument(0))
                .map(entry -> Hal.answer(Unsorted.shown(call.portal(), entry)))
                .orElseGet(() -> Reply.empty(204));
    }

    private static Reply summary(ApiCall call) {
        Unsorted unsorted = call.portal().unsorted();
        ObjectNode out =
                Json.object()
                        .put("total", unsorted.waiting().size())
                        .put("accepted", count(unsorted.sorted(), "action", "accept"))
                        .put("declined", count(unsorted.sorted(), "action", "decline"))
                        .put("average_sort_time", average(unsorted.sorted()));
        ObjectNode categories = out.putObject("categories");
        for (String name : CATEGORIES) {
            long total = count(List.copyOf(unsorted.waiting().values()), "category", name);
            categories.putObject(name).put("total", total);
        }
        return Hal.answer(out);
    }

    private static long count(List<ObjectNode> rows, String key, String value) {
        return rows.stream().filter(row -> Json.text(row, key).equals(value)).count();
    }

    private static long average(List<ObjectNode> sorted) {
        return (long)
                sorted.stream()
                        .mapToLong(e -> e.path("at").asLong() - e.path("created_at").asLong())
                        .average()
                        .orElse(0);
    }

    private static Reply accept(ApiCall call) throws ApiFault {
        ObjectNode entry = found(call);
        AmoPortal portal = call.portal();
        ObjectNode lead = lead(portal, entry);
        Validation validation = new Validation();
        Validation.Item item = validation.item(call.item(), 0);
        item.user(portal, false, "user_id");
        item.whole("status_id");
        if (call.item().has("status_id")) {
            ObjectNode wanted = Json.object();
            wanted.set("status_id", call.item().get("status_id"));
            wanted.set("pipeline_id", lead.path("pipeline_id"));
            Pipelines.check(validation.item(wanted, 0), portal);
        }
        validation.check();
        ObjectNode pipeline = Pipelines.pipeline(portal, lead).orElseThrow();
        lead.put("status_id", call.item().path("status_id").asLong(Pipelines.first(pipeline)));
        long user = call.item().path("user_id").asLong(Long.parseLong(call.user()));
        lead.put("responsible_user_id", user).put("updated_at", call.now());
        portal.hooks().happened("add", EntityType.LEADS, lead);
        for (EntityType part : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            for (ObjectNode row : parts(portal, lead, part)) {
                if (row.path("is_unsorted").asBoolean()) {
                    row.put("is_unsorted", false).put("responsible_user_id", user);
                    portal.hooks().happened("add", part, row);
                }
            }
        }
        return sorted(call, entry, "accept");
    }

    private static Reply decline(ApiCall call) throws ApiFault {
        ObjectNode entry = found(call);
        ObjectNode lead = lead(call.portal(), entry);
        Reply reply = sorted(call, entry, "decline");
        lead.put("is_deleted", true);
        for (EntityType part : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            for (ObjectNode row : parts(call.portal(), lead, part)) {
                if (row.path("is_unsorted").asBoolean()) {
                    row.put("is_deleted", true);
                }
            }
        }
        return reply;
    }

    private static Reply link(ApiCall call) throws ApiFault {
        found(call);
        throw ApiFault.badRequest("Only chats can be linked");
    }

    private static Reply sorted(ApiCall call, ObjectNode entry, String action) {
        Unsorted unsorted = call.portal().unsorted();
        unsorted.waiting().remove(entry.path("uid").asText());
        unsorted.sorted().add(entry.deepCopy().put("action", action).put("at", call.now()));
        ObjectNode out = Json.object();
        for (String key : List.of("uid", "pipeline_id", "category", "created_at")) {
            out.set(key, entry.path(key));
        }
        out.set("_embedded", Unsorted.entities(call.portal(), entry.path("lead_id").asText()));
        return Hal.answer(out);
    }

    private static ObjectNode found(ApiCall call) throws ApiFault {
        return call.portal().unsorted().find(call.argument(0)).orElseThrow(ApiFault::notFound);
    }

    private static ObjectNode lead(AmoPortal portal, JsonNode entry) {
        return portal.entities(EntityType.LEADS).get(Json.text(entry, "lead_id")).orElseThrow();
    }

    private static List<ObjectNode> parts(AmoPortal portal, JsonNode lead, EntityType part) {
        return portal.links().of(EntityType.LEADS, Json.text(lead, "id"), part).stream()
                .flatMap(id -> portal.entities(part).get(id).stream())
                .toList();
    }
}
