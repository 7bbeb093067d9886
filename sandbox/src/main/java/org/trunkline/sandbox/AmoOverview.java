package org.trunkline.sandbox;

import static org.trunkline.sandbox.HtmlTable.escape;
import static org.trunkline.sandbox.HtmlTable.table;
import static org.trunkline.sandbox.HtmlTable.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An amoCRM account on the overview page. */
final class AmoOverview {
    private AmoOverview() {}

    static void account(JsonNode account, StringBuilder out) {
        Map<String, String> users = new HashMap<>();
        account.path("users").forEach(u -> users.put(u.path("id").asText(), text(u, "name")));
        Function<JsonNode, String> user =
                id -> users.getOrDefault(id.asText(), escape(id.asText()));
        String name = text(account, "name");
        out.append("<h2>amoCRM ").append(name).append("</h2><p><small><a href=\"amocrm/");
        out.append(name).append("/_state\">everything it holds</a></small></p>");
        popups(account, user, out);
        notes(account, user, out);
        table(
                out,
                "Unsorted",
                account.path("unsorted"),
                List.of("created", "client", "seconds", "called", "source"),
                row ->
                        List.of(
                                time(row.path("created_at")),
                                text(row.path("metadata"), "phone"),
                                text(row.path("metadata"), "duration"),
                                user.apply(row.path("metadata").path("call_responsible")),
                                text(row, "source_name")));
        table(
                out,
                "Contacts",
                account.path("contacts"),
                List.of("id", "name", "phone", "responsible", ""),
                row ->
                        List.of(
                                text(row, "id"),
                                text(row, "name"),
                                phone(row),
                                user.apply(row.path("responsible_user_id")),
                                hidden(row)));
        leads(account, user, out);
    }

    private static void popups(
            JsonNode account, Function<JsonNode, String> user, StringBuilder out) {
        table(
                out,
                "Popups",
                account.path("cards"),
                List.of("at", "user", "client", "found"),
                row ->
                        List.of(
                                text(row, "at"),
                                row.path("everybody").asBoolean()
                                        ? "everybody"
                                        : user.apply(row.path("user")),
                                text(row, "phone"),
                                row.path("element_id").isNull() ? "nobody" : found(row)));
    }

    private static String found(JsonNode row) {
        String kind =
                switch (row.path("element_type").asInt()) {
                    case 1 -> "contact ";
                    case 2 -> "lead ";
                    case 3 -> "company ";
                    default -> "customer ";
                };
        return kind + text(row, "element_id");
    }

    private static void notes(
            JsonNode account, Function<JsonNode, String> user, StringBuilder out) {
        table(
                out,
                "Notes",
                account.path("notes"),
                List.of("created", "on", "kind", "client", "seconds", "responsible", "text"),
                row -> {
                    JsonNode params = row.path("params");
                    String link = text(params, "link");
                    return List.of(
                            time(row.path("created_at")),
                            text(row, "entity_type") + " " + text(row, "entity_id"),
                            text(row, "note_type"),
                            text(params, "phone"),
                            text(params, "duration"),
                            user.apply(row.path("responsible_user_id")),
                            text(params, "text") + (link.isEmpty() ? "" : " recording"));
                });
    }

    private static void leads(
            JsonNode account, Function<JsonNode, String> user, StringBuilder out) {
        Map<String, String> statuses = new HashMap<>();
        for (JsonNode pipeline : account.path("pipelines")) {
            for (JsonNode status : pipeline.path("_embedded").path("statuses")) {
                statuses.put(status.path("id").asText(), text(status, "name"));
            }
        }
        table(
                out,
                "Leads",
                account.path("leads"),
                List.of("id", "name", "status", "contact", "responsible", ""),
                row ->
                        List.of(
                                text(row, "id"),
                                text(row, "name"),
                                statuses.getOrDefault(row.path("status_id").asText(), ""),
                                text(row.path("_embedded").path("contacts").path(0), "id"),
                                user.apply(row.path("responsible_user_id")),
                                hidden(row)));
    }

    private static String phone(JsonNode row) {
        for (JsonNode field : row.path("custom_fields_values")) {
            if (field.path("field_code").asText().equals("PHONE")) {
                return text(field.path("values").path(0), "value");
            }
        }
        return "";
    }

    private static String hidden(JsonNode row) {
        if (row.path("is_deleted").asBoolean()) {
            return "deleted";
        }
        return row.path("is_unsorted").asBoolean() ? "in Unsorted" : "";
    }

    private static String time(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong()).toString();
    }
}
