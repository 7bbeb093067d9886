package org.trunkline.sandbox;

import static org.trunkline.sandbox.HtmlTable.escape;
import static org.trunkline.sandbox.HtmlTable.table;
import static org.trunkline.sandbox.HtmlTable.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The page at {@code /sandbox/}: what the PBXs play and what the portals hold, newest first. */
final class Overview {
    private static final String HEAD =
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox</title>
            <meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
            <style>
            :root{color-scheme:light dark;--line:#8884}
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
            h1{font-size:1.5rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{margin-bottom:.3rem}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            td,th{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line)}
            th,small,.none{font-weight:400;opacity:.65}
            </style></head><body><h1>Sandbox</h1>
            """;

    private Overview() {}

    static String page(
            Collection<ObjectNode> pbxs,
            Collection<ObjectNode> portals,
            Collection<ObjectNode> accounts) {
        StringBuilder out = new StringBuilder(HEAD);
        if (pbxs.isEmpty() && portals.isEmpty() && accounts.isEmpty()) {
            out.append("<p class=none>No PBX is started and no portal installed yet.</p>");
        }
        pbxs.forEach(pbx -> pbx(pbx, out));
        portals.forEach(portal -> portal(portal, out));
        accounts.forEach(account -> AmoOverview.account(account, out));
        return out.append("</body></html>").toString();
    }

    private static void pbx(JsonNode pbx, StringBuilder out) {
        out.append("<h2>PBX ").append(text(pbx, "id")).append("</h2><p>AMI on port ");
        out.append(text(pbx, "port")).append(", ").append(pbx.path("sessions").size());
        out.append(" client(s), ").append(pbx.path("channels").size()).append(" live channel(s)");
        pbx.path("playing")
                .forEach(
                        play ->
                                out.append(", playing <b>")
                                        .append(text(play, "capture"))
                                        .append("</b>"));
        out.append("</p>");
    }

    private static void portal(JsonNode portal, StringBuilder out) {
        Map<String, String> users = new HashMap<>();
        portal.path("users")
                .forEach(
                        user ->
                                users.put(
                                        user.path("ID").asText(),
                                        text(user, "NAME") + " " + text(user, "LAST_NAME")));
        Function<JsonNode, String> name =
                id -> users.getOrDefault(id.asText(), escape(id.asText()));
        out.append("<h2>Bitrix24 ").append(text(portal, "name")).append("</h2><p>mode <b>");
        out.append(text(portal, "mode")).append("</b> <small><a href=\"bitrix24/");
        out.append(text(portal, "name")).append("/_state\">everything it holds</a></small></p>");
        calls(portal, name, out);
        table(
                out,
                "Cards",
                portal.path("cards"),
                List.of("at", "user", "action", "client"),
                row ->
                        List.of(
                                text(row, "at"),
                                name.apply(row.path("user")),
                                text(row, "action"),
                                text(row, "phone")));
        table(
                out,
                "Contacts",
                portal.path("contacts"),
                List.of("id", "name", "phone", "responsible"),
                row ->
                        List.of(
                                text(row, "ID"),
                                text(row, "NAME") + " " + text(row, "LAST_NAME"),
                                text(row.path("PHONE").path(0), "VALUE"),
                                name.apply(row.path("ASSIGNED_BY_ID"))));
        staged(out, "Deals", portal.path("deals"), "STAGE_ID", name);
        staged(out, "Leads", portal.path("leads"), "STATUS_ID", name);
    }

    private static void calls(JsonNode portal, Function<JsonNode, String> name, StringBuilder out) {
        table(
                out,
                "Calls",
                portal.path("calls"),
                List.of("started", "client", "direction", "user", "status", "seconds", "recording"),
                row ->
                        List.of(
                                text(row, "CALL_START_DATE"),
                                text(row, "PHONE_NUMBER"),
                                text(row, "CALL_TYPE").equals("1") ? "out" : "in",
                                name.apply(row.path("PORTAL_USER_ID")),
                                row.path("finished").asBoolean()
                                        ? text(row, "CALL_FAILED_CODE")
                                        : "open",
                                text(row, "CALL_DURATION"),
                                text(row, "RECORD_FILE_ID").isEmpty() ? "" : "attached"));
    }

    private static void staged(
            StringBuilder out,
            String title,
            JsonNode rows,
            String stage,
            Function<JsonNode, String> name) {
        table(
                out,
                title,
                rows,
                List.of("id", "title", "stage", "responsible"),
                row ->
                        List.of(
                                text(row, "ID"),
                                text(row, "TITLE"),
                                text(row, stage),
                                name.apply(row.path("ASSIGNED_BY_ID"))));
    }
}
