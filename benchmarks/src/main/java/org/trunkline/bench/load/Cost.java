package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls cost the CRM.
 *
 * @param requests HTTP requests but for uploads of recordings, and for those that the hub makes
 *     whether there are calls or not
 * @param uploads of recordings
 * @param commands methods called or items sent, each of a batch or array counts
 * @param names how often each command was sent
 */
public record Cost(int requests, int uploads, int commands, Map<String, Integer> names) {
    private static final String UPLOAD = "upload";

    public static Cost of(JsonNode ledger, Crm crm) {
        int requests = 0;
        int uploads = 0;
        int commands = 0;
        Map<String, Integer> names = new TreeMap<>();
        for (JsonNode request : ledger) {
            if (request.path("method").asText().equals(UPLOAD)) {
                uploads++;
            } else if (!byClock(request.path("names"), crm)) {
                requests++;
                commands += request.path("commands").asInt();
                request.path("names").forEach(name -> names.merge(name.asText(), 1, Integer::sum));
            }
        }
        return new Cost(requests, uploads, commands, names);
    }

    /** Whether one of a request's commands is sent without a call. */
    public static boolean byClock(JsonNode names, Crm crm) {
        for (JsonNode name : names) {
            if (crm.byClock(name.asText())) {
                return true;
            }
        }
        return false;
    }
}
