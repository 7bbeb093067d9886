package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** {@code POST /api/v4/calls}; there is nothing but this verb. */
final class Calls {
    private static final Set<String> STATUSES = Set.of("1", "2", "3", "4", "5", "6", "7");

    private Calls() {}

    static void add(ApiRoutes routes) {
        routes.add("POST", "calls", Calls::add);
    }

    private static Reply add(ApiCall call) throws ApiFault {
        Validation validation = new Validation();
        List<Validation.Item> items = new ArrayList<>();
        for (ObjectNode given : call.items()) {
            Validation.Item item = validation.item(given, items.size());
            items.add(item);
            check(item, call.portal());
        }
        validation.check();
        ArrayNode errors = Json.array();
        ArrayNode done = Json.array();
        for (Validation.Item item : items) {
            Optional<CallTarget> target = CallTarget.of(call, Json.text(item.row(), "phone"));
            if (target.isPresent()) {
                done.add(written(call, item, target.get()));
            } else {
                errors.addObject()
                        .put("request_id", item.requestId())
                        .put("title", "Entity not found")
                        .put("detail", "Entity not found")
                        .put("status", 263);
            }
        }
        ObjectNode out = Json.object().put("_total_items", done.size());
        out.set("errors", errors);
        out.putObject("_embedded").set("calls", done);
        return Hal.answer(done.isEmpty() ? 400 : 200, out);
    }

    private static void check(Validation.Item item, AmoPortal portal) {
        item.required("direction", "duration", "source", "phone");
        item.text("direction", "source", "phone", "uniq", "link", "call_result");
        item.choice("direction", Set.of("inbound", "outbound"));
        item.whole("duration", "call_status", "created_at", "updated_at");
        item.textOrWhole("call_responsible");
        item.choice("call_status", STATUSES);
        item.user(portal, false, "responsible_user_id");
        item.user(portal, true, "created_by");
        item.user(portal, true, "updated_by");
    }

    private static ObjectNode written(ApiCall call, Validation.Item item, CallTarget target) {
        ObjectNode given = item.row();
        ObjectNode note = given.deepCopy();
        note.put("note_type", incoming(given) ? "call_in" : "call_out");
        note.put("entity_id", Long.parseLong(target.id()));
        // Without an author it is the robot's (Kommo).
        if (!note.has("created_by")) {
            note.put("created_by", given.path("call_responsible").asLong(0));
        }
        note.set("params", params(given));
        ObjectNode row = Notes.made(call, target.type(), note);
        ObjectNode kept = given.deepCopy();
        kept.set("id", row.path("id"));
        kept.put("entity_id", Long.parseLong(target.id()));
        kept.put("entity_type", target.type().singular());
        call.portal().calls().add(kept);

        ObjectNode out = Json.object();
        out.set("id", row.path("id"));
        out.put("entity_id", Long.parseLong(target.id()))
                .put("entity_type", target.type().singular())
                .put("account_id", call.portal().accountId())
                .put("request_id", item.requestId());
        ObjectNode entity = out.putObject("_embedded").putObject("entity");
        entity.put("id", Long.parseLong(target.id()));
        Hal.self(call.portal(), entity, target.type().path() + "/" + target.id());
        return out;
    }

    private static boolean incoming(ObjectNode given) {
        return Json.text(given, "direction").equals("inbound");
    }

    private static ObjectNode params(ObjectNode given) {
        ObjectNode params = Json.object();
        for (String key :
                List.of(
                        "uniq",
                        "duration",
                        "source",
                        "link",
                        "phone",
                        "call_result",
                        "call_status",
                        "call_responsible")) {
            if (given.has(key)) {
                params.set(key, given.get(key));
            }
        }
        return params;
    }
}
