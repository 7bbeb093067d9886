package org.trunkline.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Tables of the overview page, the newest row first. */
final class HtmlTable {
    private static final int SHOWN = 50;

    private HtmlTable() {}

    static void table(
            StringBuilder out,
            String title,
            JsonNode rows,
            List<String> head,
            Function<JsonNode, List<String>> cells) {
        out.append("<h3>").append(title).append(" <small>");
        out.append(rows.size()).append("</small></h3>");
        if (rows.isEmpty()) {
            out.append("<p class=none>none</p>");
            return;
        }
        out.append("<table><tr>");
        head.forEach(column -> out.append("<th>").append(column).append("</th>"));
        out.append("</tr>");
        List<JsonNode> newestFirst = new ArrayList<>();
        rows.forEach(newestFirst::add);
        Collections.reverse(newestFirst);
        for (JsonNode row : newestFirst.subList(0, Math.min(SHOWN, newestFirst.size()))) {
            out.append("<tr>");
            cells.apply(row).forEach(cell -> out.append("<td>").append(cell).append("</td>"));
            out.append("</tr>");
        }
        out.append("</table>");
    }

    static String text(JsonNode row, String name) {
        return escape(row.path(name).asText());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
