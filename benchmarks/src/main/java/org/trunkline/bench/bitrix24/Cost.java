package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls cost the portal.
 *
 * @param requests HTTP requests but for uploads of recordings
 * @param uploads of recordings
 * @param commands methods called, each of a batch counts
 * @param names how often each method was called
 */
record Cost(int requests, int uploads, int commands, Map<String, Integer> names) {
    private static final String UPLOAD = "upload";

    static Cost of(JsonNode ledger) {
        int requests = 0;
        int uploads = 0;
        int commands = 0;
        Map<String, Integer> names = new TreeMap<>();
        for (JsonNode request : ledger) {
            if (request.path("method").asText().equals(UPLOAD)) {
                uploads++;
            } else {
                requests++;
                commands += request.path("commands").asInt();
                request.path("names").forEach(name -> names.merge(name.asText(), 1, Integer::sum));
            }
        }
        return new Cost(requests, uploads, commands, names);
    }
}
