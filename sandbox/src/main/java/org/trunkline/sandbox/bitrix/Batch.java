package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;

/** {@code batch}: at most 50 commands, one after another, each may refer to results before it. */
final class Batch {
    static final int LIMIT = 50;
    private static final Set<String> FILES = Set.of("telephony.externalcall.attachrecord");

    /** Nobody was seen to get these through in a batch, as the documents say. */
    private static final Set<String> NEVER =
            Set.of("batch", "disk.storage.uploadfile", "disk.folder.uploadfile");

    private final CommandRunner runner;

    Batch(CommandRunner runner) {
        this.runner = runner;
    }

    /** The commands by key, in order; a list is keyed by position. */
    static Map<String, String> commands(JsonNode params) {
        Map<String, String> commands = new LinkedHashMap<>();
        JsonNode cmd = Json.member(params, "cmd").orElseGet(Json::object);
        if (cmd.isArray()) {
            for (int i = 0; i < cmd.size(); i++) {
                commands.put(Integer.toString(i), cmd.get(i).asText());
            }
        } else {
            cmd.properties().forEach(e -> commands.put(e.getKey(), e.getValue().asText()));
        }
        return commands;
    }

    static String method(String command) {
        int query = command.indexOf('?');
        String path = query < 0 ? command : command.substring(0, query);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    ObjectNode run(Portal portal, Caller caller, JsonNode params, CommandRunner.Budget budget) {
        boolean halt =
                new RestCall(portal, "batch", (ObjectNode) params, caller).flag("halt", false);
        ObjectNode results = Json.object();
        ObjectNode errors = Json.object();
        ObjectNode totals = Json.object();
        ObjectNode nexts = Json.object();
        ObjectNode times = Json.object();
        int count = 0;
        for (Map.Entry<String, String> command : commands(params).entrySet()) {
            String key = command.getKey();
            Instant start = portal.now();
            try {
                if (++count > LIMIT) {
                    throw new RestFault(
                            400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
                }
                RestCall call = call(portal, caller, command.getValue(), results);
                RestResult result = runner.run(call, budget);
                results.set(key, result.value());
                result.total().ifPresent(total -> totals.put(key, total));
                result.next().ifPresent(next -> nexts.put(key, next));
                times.set(key, runner.time(portal, caller, call.method(), start));
            } catch (RestFault fault) {
                errors.set(key, fault.body(portal.errorStyle()));
                if (halt) {
                    break;
                }
            }
        }
        ObjectNode out = Json.object();
        out.set("result", php(results));
        out.set("result_error", php(errors));
        out.set("result_total", php(totals));
        out.set("result_next", php(nexts));
        out.set("result_time", php(times));
        return out;
    }

    private static RestCall call(Portal portal, Caller caller, String command, ObjectNode results)
            throws RestFault {
        String method = method(command);
        String key = MethodTable.key(method);
        if (NEVER.contains(key) || (FILES.contains(key) && !portal.attachInBatch())) {
            throw new RestFault(
                    405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
        }
        int query = command.indexOf('?');
        ObjectNode params = PhpParams.parse(query < 0 ? "" : command.substring(query + 1));
        return new RestCall(portal, method, (ObjectNode) resolve(params, results), caller);
    }

    private static JsonNode resolve(JsonNode node, ObjectNode results) {
        if (node.isObject()) {
            ObjectNode out = Json.object();
            node.properties().forEach(e -> out.set(e.getKey(), resolve(e.getValue(), results)));
            return out;
        }
        if (node.isArray()) {
            ArrayNode out = Json.array();
            node.forEach(item -> out.add(resolve(item, results)));
            return out;
        }
        return node.isTextual() ? BatchReference.resolve(node.asText(), results) : node;
    }

    /** Empty maps come as [], and maps keyed 0, 1, 2… as lists: PHP knows no difference. */
    private static JsonNode php(ObjectNode map) {
        List<JsonNode> list = new ArrayList<>();
        for (Map.Entry<String, JsonNode> e : map.properties()) {
            if (!e.getKey().equals(Integer.toString(list.size()))) {
                return map;
            }
            list.add(e.getValue());
        }
        return Json.array().addAll(list);
    }
}
