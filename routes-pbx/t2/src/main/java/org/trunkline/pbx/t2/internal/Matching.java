package org.trunkline.pbx.t2.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Call;

/**
 * Which call a record is about. A record carries an id that no live list shows, so it is told under
 * the key of the live call that fits: same way, same client, begun within 90 seconds of it, the
 * nearest in time, one record a call. Then both are one call and the record's word is the last. A
 * record that fits none makes a call of its own, such as one missed between two polls.
 *
 * @param given keys that records were told under, by the records' ids
 */
record Matching(Map<String, String> given) {

    static final Matching NONE = new Matching(Map.of());

    private static final Duration NEAR = Duration.ofSeconds(90);

    /** As many calls as may be told of and not folded yet, and far more. */
    private static final int MOST_REMEMBERED = 20_000;

    Matching with(HistoryRecord record, String key) {
        Map<String, String> all =
                given.size() < MOST_REMEMBERED ? new HashMap<>(given) : new HashMap<>();
        all.put(record.uuid(), key);
        return new Matching(Map.copyOf(all));
    }

    /**
     * @param recent calls of the account, live and ended
     */
    String key(HistoryRecord record, Site.Parties parties, List<Call> recent) {
        return Optional.ofNullable(given.get(record.uuid()))
                .or(() -> recorded(record, recent))
                .or(() -> nearest(record, parties, recent))
                .orElse("t2:record:" + record.uuid());
    }

    private static Optional<String> recorded(HistoryRecord record, List<Call> recent) {
        return recent.stream()
                .filter(call -> record.uuid().equals(call.attributes().get(HistoryRecord.UUID)))
                .map(Call::key)
                .findFirst();
    }

    private Optional<String> nearest(
            HistoryRecord record, Site.Parties parties, List<Call> recent) {
        Set<String> taken = new HashSet<>(given.values());
        return recent.stream()
                .filter(call -> call.key().startsWith(Telling.LIVE))
                .filter(call -> !call.attributes().containsKey(HistoryRecord.UUID))
                .filter(call -> !taken.contains(call.key()))
                .filter(call -> call.is(parties.direction()))
                .filter(call -> sameClient(call, parties))
                .filter(call -> apart(call, record).compareTo(NEAR) <= 0)
                .min(Comparator.comparing(call -> apart(call, record)))
                .map(Call::key);
    }

    private static boolean sameClient(Call call, Site.Parties parties) {
        return call.client().isPresent() && parties.client().isPresent()
                ? Site.same(call.client().get(), parties.client().get())
                : call.client().isEmpty() && parties.client().isEmpty();
    }

    private static Duration apart(Call call, HistoryRecord record) {
        return Duration.between(call.startedAt(), record.begin()).abs();
    }
}
