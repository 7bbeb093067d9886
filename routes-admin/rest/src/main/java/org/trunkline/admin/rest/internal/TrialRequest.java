package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.DocumentReader;

/**
 * The body of a dry run: settings, and either calls or a time since when.
 *
 * @param limit most calls to look at, 1 to {@link #MOST}
 * @param faults all that is wrong with it, save the settings
 */
record TrialRequest(
        JsonNode settings,
        Optional<List<String>> calls,
        Optional<Instant> since,
        Optional<String> cursor,
        int limit,
        List<DocumentFault> faults) {

    static final int MOST = 1_000;

    static TrialRequest read(JsonNode body) {
        DocumentReader in = DocumentReader.of(body);
        JsonNode settings = in.value("settings");
        if (settings.isMissingNode()) {
            in.fault("settings", "are missing", "give a merge-patch over the preset");
        } else if (!settings.isObject()) {
            in.fault("settings", "must be an object", "put it into { }");
        }
        Optional<List<String>> calls =
                Optional.of(in.texts("calls")).filter(list -> in.has("calls"));
        Optional<Instant> since = in.optionalText("since").flatMap(text -> time(in, text));
        if (in.has("calls") == in.has("since")) {
            in.fault("calls", "or /since, one of both is needed", "name calls, or give a time");
        }
        if (calls.filter(list -> list.size() > MOST).isPresent()) {
            in.fault(
                    "calls",
                    "has " + calls.get().size() + " calls, and " + MOST + " are tried at most",
                    "try the others in another request");
        }
        Optional<String> cursor = in.optionalText("cursor");
        int limit = in.integer("limit", MOST, 1, MOST);
        in.refuseUnknown();
        return new TrialRequest(settings, calls, since, cursor, limit, in.faults());
    }

    private static Optional<Instant> time(DocumentReader in, String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            in.fault("since", "'" + text + "' is no time", "write it as 2026-11-21T19:44:21Z");
            return Optional.empty();
        }
    }
}
