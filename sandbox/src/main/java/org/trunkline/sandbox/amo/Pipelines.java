package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** Pipelines and their statuses; the status of type 1 is Unsorted. */
final class Pipelines {
    private Pipelines() {}

    static void add(ApiRoutes routes) {
        routes.add("GET", "leads/pipelines", Pipelines::list);
        routes.add("GET", "leads/pipelines/{id}", Pipelines::one);
        routes.add("GET", "leads/pipelines/{id}/statuses", Pipelines::statuses);
    }

    private static Reply list(ApiCall call) {
        ObjectNode out = Json.object().put("_total_items", call.portal().pipelines().all().size());
        Hal.self(call.portal(), out, "leads/pipelines");
        var rows = out.putObject("_embedded").putArray("pipelines");
        call.portal().pipelines().all().forEach(row -> rows.add(shown(call.portal(), row)));
        return Hal.answer(out);
    }

    private static Reply one(ApiCall call) throws ApiFault {
        return Hal.answer(shown(call.portal(), found(call)));
    }

    private static Reply statuses(ApiCall call) throws ApiFault {
        ObjectNode pipeline = shown(call.portal(), found(call));
        ObjectNode out = Json.object();
        out.put("_total_items", pipeline.path("_embedded").path("statuses").size());
        out.set("_embedded", pipeline.path("_embedded"));
        return Hal.answer(out);
    }

    private static ObjectNode found(ApiCall call) throws ApiFault {
        return call.portal().pipelines().get(call.argument(0)).orElseThrow(ApiFault::notFound);
    }

    private static ObjectNode shown(AmoPortal portal, ObjectNode row) {
        String path = "leads/pipelines/" + row.path("id").asText();
        ObjectNode out = Hal.self(portal, row.deepCopy(), path);
        for (JsonNode status : out.path("_embedded").path("statuses")) {
            Hal.self(portal, (ObjectNode) status, path + "/statuses/" + status.path("id").asText());
        }
        return out;
    }

    /** Complaints about pipeline and status of a lead. */
    static void check(Validation.Item item, AmoPortal portal) {
        Optional<ObjectNode> named = pipeline(portal, item.row());
        if (item.at("pipeline_id").isIntegralNumber() && named.isEmpty()) {
            item.noChoice("pipeline_id");
            return;
        }
        JsonNode status = item.at("status_id");
        if (status.isIntegralNumber()) {
            ObjectNode pipeline = named.orElseGet(() -> main(portal));
            boolean known =
                    item.at("pipeline_id").isMissingNode()
                            ? ofStatus(portal, status.asLong()).isPresent()
                            : statuses(pipeline).stream().anyMatch(s -> is(s, status.asLong()));
            if (!known) {
                item.noChoice("status_id");
            }
        }
    }

    /** Gives a lead its pipeline and status: what is asked, else the first of the main one. */
    static void place(AmoPortal portal, ObjectNode lead, JsonNode given, boolean unsorted) {
        long status = given.path("status_id").asLong();
        ObjectNode pipeline =
                pipeline(portal, given)
                        .or(() -> ofStatus(portal, status))
                        .orElseGet(() -> main(portal));
        lead.put("status_id", unsorted ? unsortedStatus(pipeline) : first(pipeline));
        lead.set("pipeline_id", pipeline.path("id"));
    }

    static boolean isUnsorted(AmoPortal portal, JsonNode lead) {
        return pipeline(portal, lead)
                .map(pipeline -> unsortedStatus(pipeline) == lead.path("status_id").asLong())
                .orElse(false);
    }

    static Optional<ObjectNode> pipeline(AmoPortal portal, JsonNode row) {
        return portal.pipelines().get(row.path("pipeline_id").asText());
    }

    static ObjectNode main(AmoPortal portal) {
        return portal.pipelines().all().stream()
                .filter(row -> row.path("is_main").asBoolean())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No pipeline is the main one"));
    }

    /** The first status a lead works in. */
    static long first(ObjectNode pipeline) {
        return statuses(pipeline).stream()
                .filter(status -> status.path("type").asInt() != 1)
                .findFirst()
                .map(status -> status.path("id").asLong())
                .orElse(142L);
    }

    /** 0 when the pipeline has none. */
    static long unsortedStatus(ObjectNode pipeline) {
        return statuses(pipeline).stream()
                .filter(status -> status.path("type").asInt() == 1)
                .findFirst()
                .map(status -> status.path("id").asLong())
                .orElse(0L);
    }

    private static Optional<ObjectNode> ofStatus(AmoPortal portal, long id) {
        if (EntityRow.CLOSED.contains((int) id)) {
            return Optional.of(main(portal));
        }
        return portal.pipelines().all().stream()
                .filter(row -> statuses(row).stream().anyMatch(status -> is(status, id)))
                .findFirst();
    }

    private static boolean is(JsonNode status, long id) {
        return status.path("id").asLong() == id;
    }

    private static List<JsonNode> statuses(JsonNode pipeline) {
        JsonNode statuses = pipeline.path("_embedded").path("statuses");
        return StreamSupport.stream(statuses.spliterator(), false).toList();
    }
}
