package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trunkline.sandbox.http.Json;

/** Calls as the hub tells them, and beside each what the CRM now holds. */
final class DemoTable {
    private static final List<String> HEAD =
            List.of(
                    "call",
                    "client",
                    "way",
                    "result",
                    "talked",
                    "sec",
                    "CRM user",
                    "status",
                    "sec",
                    "contact",
                    "deal",
                    "recording",
                    "as wanted");

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, String> users;

    DemoTable(JsonNode state) {
        users =
                stream(state.path("users"))
                        .collect(
                                Collectors.toMap(
                                        user -> user.path("ID").asText(),
                                        user ->
                                                user.path("NAME").asText()
                                                        + " "
                                                        + user.path("LAST_NAME").asText()));
    }

    void add(String title, String client, Optional<JsonNode> hub, CrmView crm, boolean wanted) {
        JsonNode call = hub.orElseGet(Json::object);
        String talked =
                stream(call.path("legs"))
                        .filter(leg -> leg.path("result").asText().equals("answered"))
                        .map(leg -> leg.path("extension").asText())
                        .distinct()
                        .collect(Collectors.joining(", "));
        List<String> row =
                new ArrayList<>(
                        List.of(
                                title,
                                client,
                                way(call),
                                call.path("result").asText(),
                                talked,
                                call.path("talkSeconds").asText("0")));
        String contact = names(crm.contacts(), "NAME");
        String deal = ids(crm.deals());
        if (crm.calls().isEmpty()) {
            row.addAll(List.of("nothing", "", "", contact, deal, "", mark(wanted)));
            rows.add(row);
        }
        boolean first = true;
        for (JsonNode record : crm.calls()) {
            List<String> line = new ArrayList<>(first ? row : List.of("", "", "", "", "", ""));
            String user = record.path("PORTAL_USER_ID").asText();
            line.add(users.getOrDefault(user, user));
            line.add(record.path("CALL_FAILED_CODE").asText());
            line.add(record.path("CALL_DURATION").asText());
            line.add(first ? contact : "");
            line.add(first ? deal : "");
            line.add(CrmView.recorded(record) ? "attached" : "");
            line.add(first ? mark(wanted) : "");
            rows.add(line);
            first = false;
        }
    }

    String text() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int width = HEAD.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        StringBuilder out = new StringBuilder();
        line(out, HEAD, widths);
        line(out, widths.stream().map("─"::repeat).toList(), widths);
        rows.forEach(row -> line(out, row, widths));
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i)).append(" ".repeat(widths.get(i) - cells.get(i).length() + 2));
        }
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private static String names(List<JsonNode> rows, String field) {
        return rows.stream()
                .map(row -> "#" + CrmView.id(row) + " " + row.path(field).asText())
                .collect(Collectors.joining(", "));
    }

    private static String ids(List<JsonNode> rows) {
        return rows.stream().map(row -> "#" + CrmView.id(row)).collect(Collectors.joining(", "));
    }

    private static String way(JsonNode call) {
        return switch (call.path("direction").asText()) {
            case "inbound" -> "in";
            case "outbound" -> "out";
            default -> "not seen by the hub";
        };
    }

    private static String mark(boolean wanted) {
        return wanted ? "yes" : "NO";
    }

    static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false);
    }
}
