package org.trunkline.sandbox.bitrix;

import java.util.Map;

/** {@code voximplant.statistic.get}: finished calls, for reconciling after a lost reply. */
final class CallStatistics {
    private CallStatistics() {}

    static void add(MethodTable table) {
        table.add("voximplant.statistic.get", CallStatistics::get);
    }

    private static RestResult get(RestCall call) throws RestFault {
        String sort = call.text("SORT", "ID");
        return Page.of(
                call.portal().calls().rows().stream()
                        .filter(row -> row.path("finished").asBoolean())
                        .collect(
                                java.util.stream.Collectors.toCollection(java.util.ArrayList::new)),
                call.object("FILTER"),
                Map.of(sort, call.text("ORDER", "ASC")),
                call.number("start", 0),
                CallRow::statistics);
    }
}
