package org.trunkline.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Filter.Condition;
import org.trunkline.model.Filter.Mode;
import org.trunkline.model.Filter.Param;

/** Reads a {@link Filter}: {@code {"all":[…]}}, {@code {"any":[…]}} or one condition. */
final class FilterDocument {

    private FilterDocument() {}

    /**
     * A filter below a key; an absent one matches every call.
     *
     * @param direction of the calls that it is for; empty: of either
     */
    static Filter read(DocumentReader in, String key, Optional<Direction> direction) {
        if (!in.has(key)) {
            in.value(key);
            return Filter.EVERY;
        }
        DocumentReader filter = in.object(key);
        Filter read = part(filter, direction);
        filter.refuseUnknown();
        return read;
    }

    private static Filter part(DocumentReader in, Optional<Direction> direction) {
        if (in.has("all")) {
            return new Filter.All(parts(in, "all", direction));
        }
        if (in.has("any")) {
            return new Filter.Any(parts(in, "any", direction));
        }
        return condition(in, direction);
    }

    private static List<Filter> parts(
            DocumentReader in, String key, Optional<Direction> direction) {
        List<Filter> parts = in.list(key, part -> part(part, direction));
        if (parts.isEmpty()) {
            in.fault(key, "has no condition", "add one, or leave the filter out: all calls pass");
        }
        if (key.equals("all")) {
            contradictions(in, parts);
        }
        return parts;
    }

    private static Condition condition(DocumentReader in, Optional<Direction> direction) {
        Param param = in.oneOf("param", Param.class);
        Mode mode = in.oneOf("mode", Mode.class, Mode.INCLUDE);
        Set<String> values = Set.copyOf(in.texts("values"));
        if (values.isEmpty()) {
            in.fault("values", "is empty", "give at least one value");
        }
        if (param == Param.LINE && !values.stream().allMatch(v -> v.matches("\\+[0-9]{5,15}"))) {
            in.fault("values", "must be phone numbers", "write them as +74951000001");
        }
        if (direction.filter(d -> !param.allowed(d)).isPresent()) {
            in.fault(
                    "param",
                    "is not known of outgoing calls",
                    "outgoing calls have line and employee only");
        }
        return new Condition(param, mode, values);
    }

    /** Conditions joined by AND that no call can meet together. */
    private static void contradictions(DocumentReader in, List<Filter> parts) {
        for (Param param : Param.values()) {
            List<Set<String>> wanted = values(parts, param, Mode.INCLUDE);
            Set<String> excluded = new HashSet<>();
            values(parts, param, Mode.EXCLUDE).forEach(excluded::addAll);
            if (wanted.stream().anyMatch(excluded::containsAll)) {
                in.fault(
                        "all",
                        "can never match: it includes and excludes the same "
                                + DocumentReader.spelled(param),
                        "take one of the two out");
            } else if (param != Param.EMPLOYEE && nothingInCommon(wanted)) {
                in.fault(
                        "all",
                        "can never match: no call has two values of "
                                + DocumentReader.spelled(param),
                        "put these conditions into \"any\"");
            }
        }
    }

    private static List<Set<String>> values(List<Filter> parts, Param param, Mode mode) {
        return parts.stream()
                .filter(Condition.class::isInstance)
                .map(Condition.class::cast)
                .filter(c -> c.param() == param && c.mode() == mode)
                .map(Condition::values)
                .toList();
    }

    /** A call has one line, one scenario: it can't be two different ones at once. */
    private static boolean nothingInCommon(List<Set<String>> wanted) {
        if (wanted.size() < 2) {
            return false;
        }
        Set<String> common = new HashSet<>(wanted.get(0));
        wanted.forEach(common::retainAll);
        return common.isEmpty();
    }
}
