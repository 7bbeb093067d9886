package org.trunkline.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Employees and lines that filters name and the PBX account does not have: never met, so warned of.
 */
record FilterNames(Settings settings, PbxAccount account) {

    List<DocumentFault> warnings() {
        Set<String> employees =
                account.employees().stream().map(Employee::id).collect(Collectors.toSet());
        Set<String> lines =
                account.lines().stream()
                        .map(line -> line.number().value())
                        .collect(Collectors.toSet());
        return filters().entrySet().stream()
                .flatMap(
                        place ->
                                place.getValue().conditions().stream()
                                        .flatMap(
                                                condition ->
                                                        unknown(condition, employees, lines)
                                                                .stream()
                                                                .map(
                                                                        value ->
                                                                                warning(
                                                                                        place
                                                                                                .getKey(),
                                                                                        condition,
                                                                                        value))))
                .toList();
    }

    /** A PBX without described lines may have any. */
    private static List<String> unknown(
            Filter.Condition condition, Set<String> employees, Set<String> lines) {
        Set<String> known =
                switch (condition.param()) {
                    case EMPLOYEE -> employees;
                    case LINE -> lines;
                    default -> Set.of();
                };
        return known.isEmpty()
                ? List.of()
                : condition.values().stream().filter(v -> !known.contains(v)).sorted().toList();
    }

    private DocumentFault warning(String pointer, Filter.Condition condition, String value) {
        String what = DocumentReader.spelled(condition.param());
        return new DocumentFault(
                pointer,
                "names " + what + " '" + value + "', which PBX " + account.id() + " does not have",
                "use one of the PBX's " + (what.equals("line") ? "lines" : "employees"));
    }

    private Map<String, Filter> filters() {
        Map<String, Filter> filters = new LinkedHashMap<>();
        filters.put("/filters/incoming/filter", settings.filters().incoming());
        filters.put("/filters/outgoing/filter", settings.filters().outgoing());
        for (int i = 0; i < settings.responsible().rules().size(); i++) {
            filters.put(
                    "/responsible/rules/" + i + "/filter",
                    settings.responsible().rules().get(i).filter());
        }
        for (int i = 0; i < settings.pipelines().rules().size(); i++) {
            filters.put(
                    "/pipelines/rules/" + i + "/filter",
                    settings.pipelines().rules().get(i).filter());
        }
        for (int i = 0; i < settings.templates().size(); i++) {
            filters.put("/templates/" + i + "/filter", settings.templates().get(i).filter());
        }
        return filters;
    }
}
