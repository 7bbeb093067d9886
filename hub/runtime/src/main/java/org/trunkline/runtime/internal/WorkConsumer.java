package org.trunkline.runtime.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Subscription;
import org.trunkline.store.Work;

/**
 * Emits rows that are due. Nothing is taken beforehand: a card that becomes due must not stand
 * behind backlog that was taken earlier.
 */
final class WorkConsumer extends PullConsumer<Long, Work.Item> {

    /**
     * The phones of a ring-all are dialled within some milliseconds: their cards are one request
     * then, not several. A tenth of what a card may take.
     */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final WorkEndpoint.Source source;

    WorkConsumer(Endpoint endpoint, Processor processor, WorkEndpoint.Source source) {
        super(endpoint, processor, () -> bounds(source.share().get()));
        this.source = source;
    }

    private static Bounds bounds(WorkComponent.Share share) {
        return new Bounds(share.parallel(), share.parallel(), share.perLane(), 1);
    }

    @Override
    Subscription listen(Runnable signal) {
        return source.work().onDue(signal);
    }

    @Override
    List<Work.Item> pull(int most, Set<Long> except) {
        return source.work().due(most, except);
    }

    @Override
    Optional<Duration> nextIn() {
        return source.work()
                .nextDue()
                .map(dueAt -> Duration.between(source.clock().instant(), dueAt));
    }

    @Override
    Duration gathering() {
        return GATHERING;
    }

    @Override
    Long key(Work.Item item) {
        return item.id();
    }

    @Override
    String lane(Work.Item item) {
        return source.lane().apply(item);
    }

    @Override
    String describe(Work.Item item) {
        return "work row "
                + item.id()
                + " (call "
                + item.call()
                + ", "
                + item.company()
                + "/"
                + item.integration()
                + ")";
    }
}
