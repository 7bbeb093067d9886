package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls cost the portal.
 *
 * @param requests HTTP requests but for uploads of recordings, and for those that the hub makes
 *     whether there are calls or not: once a minute for its phone book, every
 *     few seconds for the queue of events, now and then for the users
 * @param uploads of recordings
 * @param commands methods called, each of a batch counts
 * @param names how often each method was called
 */
record Cost(int requests, int uploads, int commands, Map<String, Integer> names) {
    private static final String UPLOAD = "upload";

    /** Methods that no call asks for; the calls' own look-ups are by {@code crm.item.list}. */
    private static final String BY_CLOCK =
            "crm\\.(contact|company|lead|deal)\\.(list|fields)|crm\\.(status|category)\\.list"
                    + "|telephony\\.externalLine\\..*|event\\..*";

    static Cost of(JsonNode ledger) {
        int requests = 0;
        int uploads = 0;
        int commands = 0;
        Map<String, Integer> names = new TreeMap<>();
        for (JsonNode request : ledger) {
            if (request.path("method").asText().equals(UPLOAD)) {
                uploads++;
            } else if (!byClock(request.path("names"))) {
                requests++;
                commands += request.path("commands").asInt();
                request.path("names").forEach(name -> names.merge(name.asText(), 1, Integer::sum));
            }
        }
        return new Cost(requests, uploads, commands, names);
    }

    private static boolean byClock(JsonNode names) {
        for (JsonNode name : names) {
            if (name.asText().matches(BY_CLOCK)) {
                return true;
            }
        }
        return false;
    }
}
