package org.trunkline.crm.connector.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.EntityKind;

/**
 * How far a portal's phone book has come (rule X7).
 *
 * @param of which portal it was read from
 * @param began when the round that goes on began; empty: none goes on
 * @param stretches how far this round has come with each kind
 * @param filledAt when a round last came to its end; empty: never, the book knows only a part
 * @param marks up to when changes are known, by the portal's own clock
 * @param caughtUpAt when the portal was last asked for changes
 * @param doubtedSince since when nobody knows what was deleted, for the portal was not followed so
 *     long; until a round that began later is over
 */
public record BookProgress(
        String of,
        Optional<Instant> began,
        Map<EntityKind, Stretch> stretches,
        Optional<Instant> filledAt,
        Map<EntityKind, Mark> marks,
        Optional<Instant> caughtUpAt,
        Optional<Instant> doubtedSince) {

    /** A round of a million entities takes less. */
    private static final Duration LONGEST_ROUND = Duration.ofHours(6);

    /** A change is dated when it begins and seen when it is committed. */
    public static final Duration OVERLAP = Duration.ofMinutes(2);

    /**
     * Once the portal was asked so long after the mark was seen, nothing that was dated before it
     * is still to come. That time passed is not enough: nobody may have asked meanwhile.
     */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    /** Hubs before this one noted no doubt. */
    public BookProgress {
        doubtedSince = doubtedSince == null ? Optional.empty() : doubtedSince;
    }

    /**
     * One kind in one round.
     *
     * @param after all ids up to here are in the book
     * @param last the highest id when the round began
     * @param done whether the end was reached
     * @param pages that were read, for CRMs that count pages
     * @param back how often a page was read again, for what stood on it had moved
     */
    public record Stretch(long after, long last, boolean done, int pages, int back) {

        public Stretch(long after, long last, boolean done) {
            this(after, last, done, 0, 0);
        }

        /** One page more was read. */
        public Stretch nextPage(long upTo, boolean end) {
            return new Stretch(upTo, last, end, pages + 1, back);
        }

        /** The page before is to be read again. */
        public Stretch steppedBack() {
            return new Stretch(after, last, false, pages - 1, back + 1);
        }
    }

    /**
     * The latest change that was seen.
     *
     * @param changed the portal's text of it; empty: there was nothing
     * @param seenAt when it was seen first, by the hub's clock
     */
    public record Mark(String changed, Instant seenAt) {}

    public static BookProgress none(String of) {
        return new BookProgress(
                of,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A new round; where changes are followed from is known since the first. */
    public BookProgress begin(
            Instant now, Map<EntityKind, Long> last, Map<EntityKind, Mark> first) {
        Map<EntityKind, Stretch> all = new EnumMap<>(EntityKind.class);
        last.forEach((kind, id) -> all.put(kind, new Stretch(0, id, false)));
        return new BookProgress(
                of,
                Optional.of(now),
                all,
                filledAt,
                marks.isEmpty() ? first : marks,
                caughtUpAt,
                doubtedSince);
    }

    public BookProgress with(EntityKind kind, Stretch stretch) {
        Map<EntityKind, Stretch> all = new EnumMap<>(EntityKind.class);
        all.putAll(stretches);
        all.put(kind, stretch);
        return new BookProgress(of, began, all, filledAt, marks, caughtUpAt, doubtedSince);
    }

    /** The kind that the round goes on with; empty: it is at its end. */
    public Optional<EntityKind> next() {
        return stretches.entrySet().stream()
                .filter(one -> !one.getValue().done())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The round is over. */
    public BookProgress filled(Instant now) {
        Optional<Instant> doubted =
                doubtedSince.filter(since -> began.filter(at -> !at.isBefore(since)).isEmpty());
        return new BookProgress(
                of, Optional.empty(), Map.of(), Optional.of(now), marks, caughtUpAt, doubted);
    }

    /** Changes were read up to here, and there are more: whatever comes now, these are known. */
    public BookProgress reached(Map<EntityKind, Mark> to) {
        return new BookProgress(of, began, stretches, filledAt, to, caughtUpAt, doubtedSince);
    }

    /**
     * The portal was asked for changes.
     *
     * @param now when that was
     */
    public BookProgress caughtUp(Instant now, Map<EntityKind, Mark> to, BookTimes times) {
        Instant last = caughtUpAt.or(() -> filledAt).orElse(now);
        Optional<Instant> doubted =
                last.plus(times.outage()).isBefore(now) ? Optional.of(now) : doubtedSince;
        return new BookProgress(of, began, stretches, filledAt, to, Optional.of(now), doubted);
    }

    /** Whether changes of a kind may be asked for from its mark on, without {@link #OVERLAP}. */
    public boolean settled(EntityKind kind) {
        return caughtUpAt.filter(marks.get(kind).seenAt().plus(SETTLED)::isBefore).isPresent();
    }

    /** Whether all of the portal was read since the portal was last not followed. */
    public boolean whole() {
        return filledAt.isPresent() && doubtedSince.isEmpty();
    }

    /** How much of the first round is done, in percent; ids that were deleted count as read. */
    public int percent() {
        if (filledAt.isPresent()) {
            return 100;
        }
        long all = stretches.values().stream().mapToLong(Stretch::last).sum();
        long read =
                stretches.values().stream()
                        .mapToLong(s -> s.done() ? s.last() : Math.min(s.after(), s.last()))
                        .sum();
        return all == 0 ? 0 : (int) Math.min(99, read * 100 / all);
    }

    /**
     * Whether a step of a round is due.
     *
     * @param again how long after a round the next one begins; zero: only after an outage
     */
    public boolean due(Instant now, Duration again) {
        return began.isPresent()
                || filledAt.isEmpty()
                || doubtedSince.isPresent()
                || !again.isZero() && !filledAt.get().plus(again).isAfter(now);
    }

    /** Whether the book may answer in the portal's place. */
    public boolean current(Instant now, BookTimes times) {
        Duration oldest = times.again().plus(LONGEST_ROUND);
        return whole()
                && (times.again().isZero()
                        || filledAt.filter(at -> at.plus(oldest).isAfter(now)).isPresent())
                && caughtUpAt.filter(at -> at.plus(times.lag()).isAfter(now)).isPresent();
    }
}
