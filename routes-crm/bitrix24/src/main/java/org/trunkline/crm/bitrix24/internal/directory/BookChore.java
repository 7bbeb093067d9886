package org.trunkline.crm.bitrix24.internal.directory;

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
import org.trunkline.store.PhoneBook;

/**
 * Looks after one portal's phone book (rule X7): fills it a step a second, then follows it. What
 * was said to have changed goes first, then the catch-up, then the filling: the book is to be right
 * before it is whole.
 */
final class BookChore implements Chores.Chore {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A book that answers already is read anew at leisure. */
    private static final Duration BETWEEN_LATER_STEPS = Duration.ofSeconds(10);

    private final BookRecord record;
    private final PortalLinks links;
    private final Clock clock;
    private final Supplier<BookTimes> times;
    private final BookKeeper keeper;
    private final CatchUp catchUp;
    private final Pending pending;
    private Instant nextStep = Instant.EPOCH;

    BookChore(
            PhoneBook book,
            BookRecord record,
            PortalLinks links,
            Clock clock,
            Supplier<BookTimes> times,
            Pending pending) {
        this.record = record;
        this.links = links;
        this.clock = clock;
        this.times = times;
        this.keeper = new BookKeeper(book, record, clock);
        this.catchUp = new CatchUp(book, record, clock);
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
        if (times.get().off()) {
            pending.take();
            return Optional.empty();
        }
        PortalLinks.Link link = links.link(company.id(), portal);
        BookProgress progress = record.read(company.id(), portal);
        record.clearIfForeign(company.id(), portal, progress);
        if (!pending.none()) {
            changed(company, portal, link);
        }
        Instant now = clock.instant();
        if (progress.filledAt().isPresent() && caughtUpBefore(progress, now)) {
            catchUp.run(company, portal, progress, times.get(), link::inTurn);
        } else if (keeper.due(progress, times.get().again()) && !nextStep.isAfter(now)) {
            keeper.step(company, portal, progress, link::inTurn);
            nextStep = progress.whole() ? now.plus(BETWEEN_LATER_STEPS) : Instant.EPOCH;
        } else {
            return Optional.of(quiet(progress, now));
        }
        return Optional.of(LOOK);
    }

    /** A look costs the store a few questions, so that it is not worth one a second. */
    private Duration quiet(BookProgress progress, Instant now) {
        Instant next = progress.caughtUpAt().orElse(now).plus(times.get().catchUp());
        if (keeper.due(progress, times.get().again()) && nextStep.isBefore(next)) {
            next = nextStep;
        }
        Duration pause = Duration.between(now, next);
        return pause.compareTo(LOOK) > 0 ? pause : LOOK;
    }

    private boolean caughtUpBefore(BookProgress progress, Instant now) {
        Duration every = times.get().catchUp();
        return progress.caughtUpAt().filter(at -> at.plus(every).isAfter(now)).isEmpty();
    }

    private void changed(Company company, Portal portal, PortalLinks.Link link) {
        Map<EntityKind, Set<Long>> these = pending.take();
        try {
            catchUp.look(company, portal, these, link::inTurn);
        } catch (RuntimeException later) {
            pending.back(these);
            throw later;
        }
    }
}
