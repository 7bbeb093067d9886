package org.trunkline.runtime.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.trunkline.model.Call;
import org.trunkline.store.Journal;
import org.trunkline.store.Subscription;

/** Emits the unfolded events of one call after the other, each call in one hand at a time. */
final class JournalConsumer extends PullConsumer<String, Journal.Unfolded> {

    /** Calls taken beforehand for each thread, so that threads need not wait for the store. */
    private static final int AHEAD = 8;

    private static final int MOST_ASKED = 100_000;

    private final Journal journal;

    JournalConsumer(Endpoint endpoint, Processor processor, Journal journal, int parallel) {
        super(endpoint, processor, () -> bounds(parallel));
        this.journal = journal;
    }

    /** Asked for by halves: each answer of the journal carries all events of all its calls. */
    private static Bounds bounds(int parallel) {
        int inHand = parallel * AHEAD;
        return new Bounds(parallel, inHand, inHand, inHand / 2);
    }

    @Override
    Subscription listen(Runnable signal) {
        return journal.onAppend(signal);
    }

    /**
     * The journal does not know what is in hand, so that many more are asked for; and still more if
     * the rows of those few calls may have hidden the others.
     */
    @Override
    List<Journal.Unfolded> pull(int most, Set<String> except) {
        int ask = most + except.size();
        while (true) {
            List<Journal.Unfolded> found = journal.unfolded(ask);
            List<Journal.Unfolded> free =
                    found.stream().filter(u -> !except.contains(key(u))).limit(most).toList();
            int rows = found.stream().mapToInt(u -> u.rows().size()).sum();
            if (!free.isEmpty() || rows <= ask || ask == MOST_ASKED) {
                return free;
            }
            ask = Math.min(MOST_ASKED, rows * 2);
        }
    }

    @Override
    Optional<Duration> nextIn() {
        return Optional.empty();
    }

    @Override
    Duration gathering() {
        return Duration.ZERO;
    }

    @Override
    String key(Journal.Unfolded unfolded) {
        return Call.id(unfolded.company(), unfolded.account(), unfolded.callKey());
    }

    @Override
    String lane(Journal.Unfolded unfolded) {
        return "";
    }

    @Override
    String describe(Journal.Unfolded unfolded) {
        return unfolded.events().size()
                + " events of call "
                + key(unfolded)
                + " ("
                + unfolded.company()
                + "/"
                + unfolded.account()
                + ", PBX call "
                + unfolded.callKey()
                + ", rows "
                + unfolded.rows()
                + ")";
    }
}
