package org.trunkline.bench.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.trunkline.bench.load.Cost;

/**
 * What an account saw of many calls.
 *
 * @param calls that were to be written
 * @param written that are
 * @param twice notes beyond the first of a call
 * @param took from the first request for a call that the account took to the reply to the last
 * @param quotaErrors requests that the account refused for its limits, 429 and 403
 */
record Run(int calls, int written, int twice, Duration took, Cost cost, int quotaErrors) {
    /**
     * Items that a request carries: the vendor advises no more, and his complex leads take no more.
     */
    private static final double ITEMS = 50;

    /**
     * @param calls so many were played, each to become one note
     * @throws IOException if none did
     */
    static Run of(JsonNode state, int calls) throws IOException {
        Set<String> written = new HashSet<>();
        int notes = 0;
        for (JsonNode note : state.path("notes")) {
            if (note.path("note_type").asText().startsWith("call_")) {
                written.add(note.path("params").path("uniq").asText());
                notes++;
            }
        }
        if (written.isEmpty()) {
            throw new IOException("no call was written in the account");
        }
        Instant from = Instant.MAX;
        Instant until = Instant.MIN;
        for (JsonNode request : state.path("ledger")) {
            boolean taken = request.path("status").asInt() / 100 == 2;
            if (taken && !Cost.byClock(request.path("names"), Amocrm.CRM)) {
                Instant at = Instant.parse(request.path("at").asText());
                Instant replied = at.plusMillis(request.path("millis").asLong());
                from = at.isBefore(from) ? at : from;
                until = replied.isAfter(until) ? replied : until;
            }
        }
        JsonNode rate = state.path("rate");
        return new Run(
                calls,
                written.size(),
                notes - written.size(),
                Duration.between(from, until),
                Cost.of(state.path("ledger"), Amocrm.CRM),
                rate.path("refused").asInt() + rate.path("blocked").asInt());
    }

    int missing() {
        return calls - written;
    }

    double requestsPerCall() {
        return cost.requests() / (double) calls;
    }

    double itemsPerCall() {
        return cost.commands() / (double) calls;
    }

    double seconds() {
        return took.toMillis() / 1000.0;
    }

    double callsPerSecond() {
        return written / seconds();
    }

    double requestsPerSecond() {
        return cost.requests() / seconds();
    }

    /**
     * Calls a second, were every array full: what these calls sent, in as few requests as carry it.
     *
     * @param pace requests a second
     */
    double ceiling(int pace) {
        double requests = 0;
        for (Map.Entry<String, Integer> sent : cost.names().entrySet()) {
            boolean asks = sent.getKey().startsWith("GET ");
            requests += sent.getValue() / (asks ? 1 : ITEMS);
        }
        return pace / (requests / calls);
    }
}
