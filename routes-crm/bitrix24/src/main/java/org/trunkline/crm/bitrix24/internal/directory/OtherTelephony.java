package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trunkline.crm.connector.directory.Times;

/**
 * Who but the hub wrote calls into a portal lately (rule O17): an application that does the same
 * work, or the CRM's own telephony, makes the same leads once more.
 */
final class OtherTelephony {

    private static final Duration LATELY = Duration.ofDays(7);

    /** What the hub sends as EXTERNAL_CALL_ID: its own id of the call, and the record's key. */
    private static final String OURS = "[0-9a-f]{24}-.+";

    private OtherTelephony() {}

    /** The latest fifty calls; more would tell nothing else. */
    static Question question(Instant now) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put(
                "FILTER",
                Map.of(">CALL_START_DATE", Times.iso(now.minus(LATELY).atOffset(ZoneOffset.UTC))));
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
                        .filter(row -> row.path("EXTERNAL_CALL_ID").asText("").matches(OURS))
                        .map(OtherTelephony::application)
                        .collect(Collectors.toSet());
        Map<String, Long> others =
                all.stream()
                        .filter(row -> !row.path("EXTERNAL_CALL_ID").asText("").matches(OURS))
                        .filter(row -> !ourApplications.contains(application(row)))
                        .collect(
                                Collectors.groupingBy(
                                        OtherTelephony::name,
                                        LinkedHashMap::new,
                                        Collectors.counting()));
        return others.entrySet().stream()
                .map(one -> one.getKey() + " (" + one.getValue() + " calls in the last week)")
                .toList();
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
