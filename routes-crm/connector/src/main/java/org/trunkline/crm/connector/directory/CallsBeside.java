package org.trunkline.crm.connector.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who but the hub wrote calls into a portal lately (rule O17): another telephony that does the same
 * work makes the same leads and deals once more. Pure.
 */
public final class CallsBeside {

    private static final Duration LATELY = Duration.ofDays(7);

    /** The hub's own id of a call, and the record's key: it comes with each call that it writes. */
    private static final String OURS = "[0-9a-f]{24}-.+";

    private CallsBeside() {}

    /** Calls from then on count. */
    public static Instant since(Instant now) {
        return now.minus(LATELY);
    }

    /** Whether the id that a call bears in the CRM is the hub's. */
    public static boolean ours(String id) {
        return id.matches(OURS);
    }

    /**
     * For people.
     *
     * @param writers of the calls that are not the hub's, a name a call
     */
    public static List<String> named(Stream<String> writers) {
        Map<String, Long> counted =
                writers.collect(
                        Collectors.groupingBy(
                                name -> name, LinkedHashMap::new, Collectors.counting()));
        return counted.entrySet().stream()
                .map(one -> one.getKey() + " (" + one.getValue() + " calls in the last week)")
                .toList();
    }
}
