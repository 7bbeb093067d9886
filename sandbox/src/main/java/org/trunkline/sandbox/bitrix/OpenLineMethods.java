package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.trunkline.sandbox.http.Json;

/**
 * {@code imopenlines.config.*} and {@code imopenlines.dialog.get}, by the vendor's pages of these
 * methods. A line's settings are its {@link #FIELDS} here; any other is unknown.
 */
final class OpenLineMethods {
    /** The fields of a line that can be selected, ordered and filtered by. */
    static final List<String> FIELDS =
            List.of(
                    "ID",
                    "ACTIVE",
                    "LINE_NAME",
                    "CRM",
                    "CRM_CREATE",
                    "CRM_SOURCE",
                    "QUEUE_TYPE",
                    "QUEUE_TIME",
                    "NO_ANSWER_TIME",
                    "LANGUAGE_ID");

    private static final Set<String> PARAMS =
            Set.of("select", "filter", "order", "limit", "offset");
    private static final Set<String> OPTIONS = Set.of("QUEUE", "CONFIG_QUEUE", "CHECK_PERMISSION");
    private static final int USUAL = 50;
    private static final int MOST = 200;

    private OpenLineMethods() {}

    static void add(MethodTable table) {
        table.add("imopenlines.config.list.get", OpenLineMethods::list);
        table.add("imopenlines.config.get", OpenLineMethods::config);
        table.add("imopenlines.dialog.get", OpenLineMethods::dialog);
    }

    /** Unlike other lists this one has limit and offset, and tells neither total nor next. */
    private static RestResult list(RestCall call) throws RestFault {
        JsonNode params = call.object("PARAMS");
        JsonNode options = call.object("OPTIONS");
        known(params, PARAMS, "Unsupported PARAMS fields are passed: ");
        known(options, OPTIONS, "Unsupported OPTIONS fields are passed: ");
        List<String> select = select(params);
        for (String name : List.of("filter", "order")) {
            checked(params.path(name), name);
        }
        int limit = Math.min(MOST, number(params, "limit", USUAL));
        int offset = number(params, "offset", 0);
        Map<String, String> order = Page.order(params.path("order"));
        List<ObjectNode> rows =
                Page.sorted(call.portal().openLines().lines().all(), params.path("filter"), order);
        ArrayNode out = Json.array();
        rows.stream()
                .skip(offset)
                .limit(limit)
                .forEach(row -> out.add(shown(call.portal(), row, select, options)));
        return RestResult.of(out);
    }

    private static List<String> select(JsonNode params) throws RestFault {
        JsonNode given = params.path("select");
        if (given.isMissingNode()) {
            return FIELDS;
        }
        if (!given.isArray()) {
            throw format("A wrong format for the PARAMS field 'select' is passed");
        }
        List<String> names =
                StreamSupport.stream(given.spliterator(), false).map(JsonNode::asText).toList();
        for (String name : names) {
            field(name, "select");
        }
        return names.isEmpty() ? FIELDS : names;
    }

    private static void checked(JsonNode given, String name) throws RestFault {
        if (given.isMissingNode() || given.isEmpty() && given.isArray()) {
            return;
        }
        if (!given.isObject()) {
            throw format("A wrong format for the PARAMS field '" + name + "' is passed");
        }
        for (Map.Entry<String, JsonNode> one : given.properties()) {
            field(Filter.field(one.getKey()), name);
            String way = one.getValue().asText().toUpperCase(Locale.ROOT);
            if (name.equals("order") && !way.equals("ASC") && !way.equals("DESC")) {
                throw format("A wrong sorting direction is passed in the PARAMS field 'order'");
            }
        }
    }

    private static void field(String field, String where) throws RestFault {
        if (!FIELDS.contains(field)) {
            throw format(
                    "An unknown field '"
                            + field
                            + "' is passed in the PARAMS field '"
                            + where
                            + "'");
        }
    }

    private static void known(JsonNode given, Set<String> names, String message) throws RestFault {
        List<String> others =
                given.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> !names.contains(name))
                        .toList();
        if (!others.isEmpty()) {
            throw format(message + String.join(", ", others));
        }
    }

    private static int number(JsonNode params, String name, int otherwise) throws RestFault {
        String text = Json.text(params, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw format("A non-negative integer is expected in the PARAMS field '" + name + "'");
        }
        return Integer.parseInt(text);
    }

    private static RestFault format(String message) {
        return new RestFault(400, "INVALID_FORMAT", message);
    }

    private static ObjectNode shown(
            Portal portal, ObjectNode line, List<String> fields, JsonNode options) {
        ObjectNode out = Json.object();
        fields.forEach(field -> out.put(field, Json.text(line, field)));
        if (Json.text(options, "QUEUE").equals("Y")) {
            queue(portal, line, out);
        }
        if (Json.text(options, "CONFIG_QUEUE").equals("Y")) {
            ArrayNode queue = out.putArray("CONFIG_QUEUE");
            for (JsonNode user : line.path("QUEUE")) {
                queue.addObject().put("ENTITY_ID", user.asText()).put("ENTITY_TYPE", "user");
            }
        }
        return out;
    }

    private static void queue(Portal portal, ObjectNode line, ObjectNode out) {
        ArrayNode queue = out.putArray("QUEUE");
        ObjectNode fields = Json.object();
        for (JsonNode user : line.path("QUEUE")) {
            queue.add(user.asLong());
            String name =
                    portal.users()
                            .get(user.asText())
                            .map(row -> Json.text(row, "NAME") + " " + Json.text(row, "LAST_NAME"))
                            .orElse("");
            fields.putObject(user.asText()).put("USER_NAME", name).putNull("USER_WORK_POSITION");
        }
        out.set("QUEUE_USERS_FIELDS", Json.phpMap(fields));
    }

    private static RestResult config(RestCall call) throws RestFault {
        // A line that is not there answers as one that was not named: the page has no other error.
        ObjectNode line =
                call.portal()
                        .openLines()
                        .lines()
                        .get(call.text("CONFIG_ID"))
                        .orElseThrow(
                                () ->
                                        new RestFault(
                                                400,
                                                "CONFIG_ID_EMPTY",
                                                "Config ID can't be empty"));
        ObjectNode options = Json.object().put("QUEUE", call.text("WITH_QUEUE"));
        return RestResult.of(shown(call.portal(), line, FIELDS, options));
    }

    private static RestResult dialog(RestCall call) throws RestFault {
        String id = call.text("CHAT_ID", call.text("DIALOG_ID").replaceFirst("^chat", ""));
        Optional<ObjectNode> chat = call.portal().openLines().chats().get(id);
        // Who is no operator of the chat is told that there is none.
        ObjectNode row =
                chat.filter(one -> OpenLines.isMember(one, call.caller().user()))
                        .orElseThrow(
                                () ->
                                        new RestFault(
                                                400,
                                                "ACCESS_ERROR",
                                                "You do not have access to the specified dialog"));
        return RestResult.of(described(row));
    }

    private static ObjectNode described(ObjectNode chat) {
        String code =
                String.join(
                        "|",
                        Json.text(chat, "CONNECTOR_ID"),
                        Json.text(chat, "LINE_ID"),
                        Json.text(chat, "ID"),
                        "0");
        ObjectNode out =
                Json.object()
                        .put("id", chat.get("ID").asLong())
                        .put("dialog_id", "chat" + Json.text(chat, "ID"))
                        .put("name", Json.text(chat, "CONNECTOR_TITLE"))
                        .put("type", "lines")
                        .put("message_type", "L")
                        .put("entity_type", "LINES")
                        .put("entity_id", code)
                        .put("entity_data_2", bound(chat));
        ArrayNode managers = out.putArray("manager_list");
        chat.path("users").forEach(user -> managers.add(user.asLong()));
        return out;
    }

    private static String bound(ObjectNode chat) {
        StringBuilder out = new StringBuilder();
        for (String type : List.of("LEAD", "COMPANY", "CONTACT", "DEAL")) {
            String id = "0";
            for (JsonNode one : chat.path("crm")) {
                if (Json.text(one, "ENTITY_TYPE").equalsIgnoreCase(type)) {
                    id = Json.text(one, "ENTITY_ID");
                }
            }
            out.append(out.isEmpty() ? "" : "|").append(type).append('|').append(id);
        }
        return out.toString();
    }
}
