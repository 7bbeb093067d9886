package org.trunkline.bench.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.trunkline.model.CallEvent;
import org.trunkline.store.Journal;

/** How fast the journal's events become calls, each event a fold of its own as live calls are. */
final class Folding {
    private static final int CALLS = 1_000;

    /** As in {@code etc/org.trunkline.calls.cfg}. */
    private static final int PARALLEL = 4;

    private Folding() {}

    /** Events per second, on a journal that holds nothing else; the second of two runs counts. */
    static double rate(Site site) throws InterruptedException {
        rate(site, "warm-up.");
        return rate(site, "fold.");
    }

    private static double rate(Site site, String calls) throws InterruptedException {
        double seconds = 0;
        for (int nth = 0; nth < Told.EVENTS; nth++) {
            int event = nth;
            List<CallEvent> events =
                    IntStream.range(0, CALLS)
                            .mapToObj(call -> Told.event(calls + call, event))
                            .toList();
            site.store().journal.append(events);
            long began = System.nanoTime();
            Queue<Journal.Unfolded> waiting =
                    new ConcurrentLinkedQueue<>(site.store().journal.unfolded(CALLS));
            Writers.rate(PARALLEL, Duration.ofDays(1), writer -> () -> fold(site, waiting));
            seconds += (System.nanoTime() - began) / 1e9;
        }
        return CALLS * Told.EVENTS / seconds;
    }

    private static int fold(Site site, Queue<Journal.Unfolded> waiting) {
        Optional<Journal.Unfolded> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(call -> site.store().calls.fold(call, folded -> Set.of("office-main")));
        return next.isPresent() ? 1 : 0;
    }
}
