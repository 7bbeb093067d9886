package org.trunkline.runtime;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.trunkline.runtime.internal.Options;
import org.trunkline.runtime.internal.WorkEndpoint;
import org.trunkline.store.Work;

/**
 * {@code work:due?parallel=32&perLane=8} emits each {@link Work.Item} that is due, live calls
 * first, never one row twice at a time. Whoever gets it must say what became of it ({@link
 * Work#done}, {@link Work#later}, {@link Work#retry}, {@link Work#dead}); a row whose exchange
 * failed comes again later and holds up no other.
 *
 * <p>{@code parallel}: rows in hand, 1 to 2048, default 32. {@code perLane}: of these in one lane,
 * 1 to 256, default 8, so that a portal which hangs does not take every worker.
 *
 * <p>What follows the colon is a name for readers.
 */
public final class WorkComponent extends DefaultComponent {

    private static final int PARALLEL = 32;
    private static final int PER_LANE = 8;

    private final Work work;
    private final Function<Work.Item, String> lane;
    private final Clock clock;
    private final AtomicReference<Optional<Share>> resized =
            new AtomicReference<>(Optional.empty());

    /** How many rows at once, and of these in one lane. */
    public record Share(int parallel, int perLane) {}

    /**
     * @param lane what a row waits for, such as its portal; asked once for each row taken
     * @param clock the one that due times follow
     */
    public WorkComponent(Work work, Function<Work.Item, String> lane, Clock clock) {
        this.work = work;
        this.lane = lane;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        Options options = Options.of(this, parameters);
        int parallel = options.count("parallel", PARALLEL);
        int perLane = options.count("perLane", PER_LANE);
        Share own = new Share(parallel, perLane);
        return new WorkEndpoint(
                uri,
                this,
                new WorkEndpoint.Source(work, lane, clock, () -> resized.get().orElse(own)));
    }

    /**
     * Changes the bounds of all endpoints while they run; rows in hand stay there.
     *
     * @param parallel 1 to 2048
     * @param perLane 1 to 2048
     */
    public void resize(int parallel, int perLane) {
        resized.set(Optional.of(new Share(parallel, perLane)));
    }
}
