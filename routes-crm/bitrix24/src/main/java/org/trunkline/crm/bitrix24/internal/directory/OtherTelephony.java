package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trunkline.crm.connector.directory.CallsBeside;
import org.trunkline.crm.connector.directory.Times;

/**
 * Who but the hub wrote calls into a portal lately (rule O17): another application, or the CRM's
 * own telephony.
 */
final class OtherTelephony {

    private OtherTelephony() {}

    /** The latest fifty calls; more would tell nothing else. */
    static Question question(Instant now) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put(
                "FILTER",
                Map.of(
                        ">CALL_START_DATE",
                        Times.iso(CallsBeside.since(now).atOffset(ZoneOffset.UTC))));
        params.put("SORT", "ID");
        params.put("ORDER", "DESC");
        return new Question("voximplant.statistic.get", params);
    }

    static List<String> named(JsonNode rows) {
        List<JsonNode> all = new ArrayList<>();
        rows.forEach(all::add);
        // A call that a click in the CRM began has no id of ours, but our application's.
        Set<String> ourApplications =
                all.stream()
                        .filter(OtherTelephony::ours)
                        .map(OtherTelephony::application)
                        .collect(Collectors.toSet());
        return CallsBeside.named(
                all.stream()
                        .filter(row -> !ours(row))
                        .filter(row -> !ourApplications.contains(application(row)))
                        .map(OtherTelephony::name));
    }

    private static boolean ours(JsonNode row) {
        return CallsBeside.ours(row.path("EXTERNAL_CALL_ID").asText(""));
    }

    private static String application(JsonNode row) {
        String id = row.path("REST_APP_ID").asText("");
        return id.equals("null") || id.equals("0") ? "" : id;
    }

    private static String name(JsonNode row) {
        return application(row).isEmpty()
                ? "the CRM's own telephony"
                : "application " + row.path("REST_APP_NAME").asText(application(row));
    }
}
