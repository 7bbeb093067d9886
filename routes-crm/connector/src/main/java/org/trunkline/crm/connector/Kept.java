package org.trunkline.crm.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.trunkline.model.Fault;

/**
 * Something that a portal was asked for, kept for whoever asks soon. Thread-safe: who comes while
 * it is asked for shares that answer, or that fault, and costs the portal nothing.
 */
public final class Kept<T> {

    private final Supplier<T> ask;
    private final Clock clock;
    private Optional<T> kept = Optional.empty();
    private Instant keptAt = Instant.EPOCH;
    private Optional<Asking> underWay = Optional.empty();

    /**
     * @param ask throws a {@link Fault} if the portal can't be asked: what was kept stays
     */
    public Kept(Supplier<T> ask, Clock clock) {
        this.ask = ask;
        this.clock = clock;
    }

    private final class Asking extends FutureTask<T> {

        private final Instant at;

        Asking(Instant at) {
            super(ask::get);
            this.at = at;
        }

        @Override
        protected void set(T answer) {
            keep(this, answer);
            super.set(answer);
        }
    }

    /**
     * @param oldest how old the answer may be; zero: it is asked for now
     * @throws Fault if the portal can't be asked
     */
    public T get(Duration oldest) {
        Asking asking;
        synchronized (this) {
            Instant now = clock.instant();
            if (kept.isPresent() && keptAt.plus(oldest).isAfter(now)) {
                return kept.get();
            }
            asking =
                    underWay.filter(other -> !oldest.isZero() && !other.isDone())
                            .orElseGet(() -> new Asking(now));
            underWay = Optional.of(asking);
        }
        // Only for whoever is first.
        asking.run();
        try {
            return asking.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault.Retryable("the hub is stopping", Duration.ZERO);
        }
    }

    private synchronized void keep(Asking asked, T answer) {
        if (underWay.filter(asked::equals).isPresent()) {
            kept = Optional.of(answer);
            keptAt = asked.at;
        }
    }

    /** What is kept, and what is being asked for, is known to be out of date. */
    public synchronized void forget() {
        kept = Optional.empty();
        underWay = Optional.empty();
    }
}
