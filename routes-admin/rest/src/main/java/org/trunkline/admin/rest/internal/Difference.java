package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Json;
import org.trunkline.model.JsonChanges;

/**
 * One thing that the CRM would get otherwise with other settings (rule X6).
 *
 * @param record key of the record that it is about; empty: the call as a whole
 * @param what as in the decision's parts; a JSON Pointer for what no part tells
 * @param before empty: not decided before
 * @param after empty: not decided any more
 * @param rule that decides now, or that decided what is gone
 */
record Difference(
        Optional<String> record,
        String what,
        Optional<String> before,
        Optional<String> after,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String rule,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String setting) {

    private static final String RECORD = "record";
    private static final String NOTHING = "nothing";

    /** All differences between two decisions about one call; none: the CRM gets the same. */
    static List<Difference> between(Decision now, Decision then) {
        List<Difference> found = new ArrayList<>();
        Set<Optional<String>> records = new LinkedHashSet<>();
        Stream.concat(now.parts().stream(), then.parts().stream())
                .forEach(part -> records.add(part.record()));
        for (Optional<String> record : records) {
            Optional<Difference> whole = record.flatMap(key -> whole(key, now, then));
            whole.ifPresentOrElse(
                    found::add, () -> found.addAll(parts(of(now, record), of(then, record))));
        }
        return found.isEmpty() ? details(now, then) : List.copyOf(found);
    }

    /** A record that is there with one of them only: then its parts say nothing more. */
    private static Optional<Difference> whole(String key, Decision now, Decision then) {
        Optional<String> before = user(now, key);
        Optional<String> after = user(then, key);
        if (before.isPresent() == after.isPresent()) {
            return Optional.empty();
        }
        Optional<Part> why =
                Stream.concat(
                                of(then, Optional.of(key)).stream(),
                                of(then, Optional.empty()).stream()
                                        .filter(part -> part.what().equals(RECORD)))
                        .findFirst();
        return Optional.of(
                new Difference(
                        Optional.of(key),
                        RECORD,
                        before.or(() -> Optional.of(NOTHING)),
                        after.or(() -> Optional.of(NOTHING)),
                        why.map(Part::rule).orElse(""),
                        why.map(Part::setting).orElse("")));
    }

    private static Optional<String> user(Decision decision, String key) {
        return decision.records().stream()
                .filter(record -> record.key().equals(key))
                .map(CallRecord::user)
                .findFirst();
    }

    private static List<Part> of(Decision decision, Optional<String> record) {
        return decision.parts().stream().filter(part -> part.record().equals(record)).toList();
    }

    private record Name(String what, int ordinal) {}

    /** Of one record, or of the call as a whole; there may be several parts of one kind. */
    private static List<Difference> parts(List<Part> now, List<Part> then) {
        Map<Name, Part> before = named(now);
        Map<Name, Part> after = named(then);
        Set<Name> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(text(before.get(name)), text(after.get(name))))
                .map(name -> of(before.get(name), after.get(name)))
                .toList();
    }

    private static Map<Name, Part> named(List<Part> parts) {
        Map<Name, Part> named = new LinkedHashMap<>();
        for (Part part : parts) {
            // That the CRM hears nothing of a call shows in its records.
            if (part.record().isPresent() || !part.what().equals(RECORD)) {
                int ordinal = 0;
                while (named.containsKey(new Name(part.what(), ordinal))) {
                    ordinal++;
                }
                named.put(new Name(part.what(), ordinal), part);
            }
        }
        return named;
    }

    private static Optional<String> text(Part part) {
        // A field's value is its name; what goes into it stands in the reason.
        return Optional.ofNullable(part)
                .map(p -> p.what().equals("field") ? p.value() + " " + p.reason() : p.value());
    }

    private static Difference of(Part before, Part after) {
        Part decisive = after == null ? before : after;
        return new Difference(
                decisive.record(),
                decisive.what(),
                text(before),
                text(after),
                decisive.rule(),
                decisive.setting());
    }

    /** What parts do not tell, such as who stands in for a user whom the CRM refuses. */
    private static List<Difference> details(Decision now, Decision then) {
        JsonNode before = wanted(now);
        JsonNode after = wanted(then);
        return JsonChanges.between(before, after).stream()
                .map(
                        path ->
                                new Difference(
                                        Optional.empty(),
                                        path,
                                        value(before.at(path)),
                                        value(after.at(path)),
                                        "",
                                        ""))
                .toList();
    }

    private static JsonNode wanted(Decision decision) {
        ObjectNode wanted = Json.MAPPER.valueToTree(decision);
        return wanted.without(List.of("parts", "changesAt"));
    }

    private static Optional<String> value(JsonNode node) {
        return Optional.of(node)
                .filter(n -> !n.isMissingNode())
                .map(n -> n.isValueNode() ? n.asText() : n.toString());
    }
}
