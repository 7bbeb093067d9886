package org.trunkline.rules.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;

/** What entities carry beside their title: source and extra fields (rules O5, O19). */
record Extras(Settings settings, Values values) {

    /** O5: with transfers the first number that took the call, which is the call's own. */
    Optional<String> source(List<Part> parts) {
        if (!settings.sourceLineNumber()) {
            return Optional.empty();
        }
        Optional<String> line = values.call().line().map(PhoneNumber::value);
        parts.add(
                new Part(
                        "source",
                        line.orElse("nothing"),
                        "O5",
                        "/source/lineNumber",
                        "the line's number is passed as source"));
        return line;
    }

    /** O19: always update means the first found of contact, company, lead. */
    Optional<Client.Found> updated(Client client) {
        return settings.fields().alwaysUpdate()
                ? Stream.of(client.contact(), client.company(), client.lead())
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    Map<String, String> fields(List<Part> parts, String rule) {
        Map<String, String> fields = new LinkedHashMap<>();
        settings.fields().map().forEach(f -> fields.put(f.field(), values.render(f.text())));
        fields.forEach(
                (field, text) ->
                        parts.add(
                                new Part("field", field, rule, "/fields/map", "becomes " + text)));
        return fields;
    }
}
