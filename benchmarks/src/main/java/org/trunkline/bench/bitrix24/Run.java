package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.trunkline.bench.load.Cost;

/**
 * What a portal saw of many calls.
 *
 * @param calls that were to be written
 * @param finished that are
 * @param from the first request that the portal took
 * @param took from there to the last call's finish
 * @param operatingSeconds run time of the dearest method within ten minutes
 * @param operatingLimit what the portal allows of it
 * @param quotaErrors requests and commands that the portal refused for its limits
 */
record Run(
        int calls,
        int finished,
        Instant from,
        Duration took,
        Cost cost,
        double operatingSeconds,
        double operatingLimit,
        int quotaErrors) {
    /** The vendor's: two requests a second, fifty commands each. */
    private static final double COMMANDS_A_SECOND = 100;

    /**
     * @param calls so many were played, all to be finished
     * @throws IOException if none is
     */
    static Run of(JsonNode state, int calls) throws IOException {
        List<Instant> ends = new ArrayList<>();
        for (JsonNode call : state.path("calls")) {
            if (call.path("finished").asBoolean()) {
                ends.add(Instant.parse(call.path("finishedAt").asText()));
            }
        }
        List<Instant> requests = new ArrayList<>();
        for (JsonNode request : state.path("ledger")) {
            if (request.path("status").asInt() == 200) {
                requests.add(Instant.parse(request.path("at").asText()));
            }
        }
        if (ends.isEmpty()) {
            throw new IOException("no call was finished in the portal");
        }
        double dearest = 0;
        for (Map.Entry<String, JsonNode> method :
                state.path("operating").path("spent").properties()) {
            dearest = Math.max(dearest, method.getValue().asDouble());
        }
        int refused =
                state.path("bucket").path("refused").asInt()
                        + state.path("operating").path("refused").asInt();
        Instant from = Collections.min(requests);
        return new Run(
                calls,
                ends.size(),
                from,
                Duration.between(from, Collections.max(ends)),
                Cost.of(state.path("ledger"), Bitrix24.CRM),
                dearest,
                state.path("operating").path("limitSeconds").asDouble(),
                refused);
    }

    double commandsPerCall() {
        return cost.commands() / (double) calls;
    }

    double requestsPerCall() {
        return cost.requests() / (double) calls;
    }

    double callsPerSecond() {
        return finished / (took.toMillis() / 1000.0);
    }

    /** Calls a second that two full batches a second would carry. */
    double bucketCeiling() {
        return COMMANDS_A_SECOND / commandsPerCall();
    }

    /** Calls a second that use up the run time of the dearest method just at the end. */
    double operatingCeiling() {
        double secondsPerCall = operatingSeconds / finished;
        return operatingLimit / secondsPerCall / (took.toMillis() / 1000.0);
    }
}
