package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.trunkline.model.Company;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Portal;

/**
 * Looks after one portal's phone book (rule X7): fills it a step a second, then follows it. What
 * was said to have changed goes first, then the catch-up, then the filling: the book is to be right
 * before it is whole.
 */
public final class BookChore implements Chores.Chore {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A book that answers already is read anew at leisure. */
    private static final Duration BETWEEN_LATER_STEPS = Duration.ofSeconds(10);

    private final BookRecord record;
    private final BookSource source;
    private final Clock clock;
    private final Supplier<BookTimes> times;
    private final Pending pending;
    private Instant nextStep = Instant.EPOCH;

    public BookChore(
            BookRecord record,
            BookSource source,
            Clock clock,
            Supplier<BookTimes> times,
            Pending pending) {
        this.record = record;
        this.source = source;
        this.clock = clock;
        this.times = times;
        this.pending = pending;
    }

    @Override
    public String name() {
        return "The phone book";
    }

    @Override
    public boolean wanted() {
        return !pending.none();
    }

    @Override
    public Optional<Duration> run(Company company, Portal portal) {
        BookProgress progress = record.read(company.id(), portal);
        record.clearIfForeign(company.id(), portal, progress);
        if (times.get().off()) {
            pending.take();
            // Nobody would follow it, and calls are routed by what it holds, whatever its age.
            record.clearIfBegun(company.id(), portal, progress);
            return Optional.empty();
        }
        if (!pending.none()) {
            changed(company, portal);
        }
        Instant now = clock.instant();
        if (progress.filledAt().isPresent() && caughtUpBefore(progress, now)) {
            source.catchUp(company, portal, progress, times.get());
        } else if (progress.due(now, times.get().again()) && !nextStep.isAfter(now)) {
            step(company, portal, progress);
            nextStep = progress.whole() ? now.plus(BETWEEN_LATER_STEPS) : Instant.EPOCH;
        } else {
            return Optional.of(quiet(progress, now));
        }
        return Optional.of(LOOK);
    }

    /** Where changes are followed from is asked before the first page. */
    private void step(Company company, Portal portal, BookProgress progress) {
        if (progress.began().isEmpty()) {
            record.write(company.id(), portal, source.begun(company, portal, progress));
        } else if (progress.next().isEmpty()) {
            record.write(company.id(), portal, progress.filled(clock.instant()));
        } else {
            source.step(company, portal, progress, progress.next().get());
        }
    }

    /** A look costs the store a few questions, so that it is not worth one a second. */
    private Duration quiet(BookProgress progress, Instant now) {
        Instant next = progress.caughtUpAt().orElse(now).plus(times.get().catchUp());
        if (progress.due(now, times.get().again()) && nextStep.isBefore(next)) {
            next = nextStep;
        }
        Duration pause = Duration.between(now, next);
        return pause.compareTo(LOOK) > 0 ? pause : LOOK;
    }

    private boolean caughtUpBefore(BookProgress progress, Instant now) {
        Duration every = times.get().catchUp();
        return progress.caughtUpAt().filter(at -> at.plus(every).isAfter(now)).isEmpty();
    }

    private void changed(Company company, Portal portal) {
        Map<EntityKind, Set<Long>> these = pending.take();
        try {
            source.look(company, portal, these);
        } catch (RuntimeException later) {
            pending.back(these);
            throw later;
        }
    }
}
