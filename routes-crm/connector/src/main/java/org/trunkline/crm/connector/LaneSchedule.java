package org.trunkline.crm.connector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits for his turn, in two lanes of which cards go first, and which of them leads. What goes
 * along, and when, is the CRM's own.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
public abstract class LaneSchedule<P extends Parcel> implements Schedule<P> {

    protected final Map<Lane, Deque<Waiting<P>>> lanes = new EnumMap<>(Lane.class);

    private long pausedUntil;
    private int cardsInARow;

    /**
     * @param since when another process may have sent last
     */
    protected LaneSchedule(long since) {
        pausedUntil = since;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    @Override
    public final void join(Waiting<P> waiting) {
        lane(waiting).addLast(waiting);
        waiting.stands(true);
    }

    @Override
    public final void rejoin(List<Waiting<P>> returned) {
        for (int i = returned.size() - 1; i >= 0; i--) {
            lane(returned.get(i)).addFirst(returned.get(i));
            returned.get(i).stands(true);
        }
    }

    @Override
    public boolean giveUp(Waiting<P> waiting) {
        boolean stood = waiting.stands();
        if (stood) {
            waiting.stands(false);
            lane(waiting).remove(waiting);
        }
        return stood;
    }

    @Override
    public final List<Waiting<P>> withdraw() {
        List<Waiting<P>> all = all();
        all.forEach(this::giveUp);
        return all;
    }

    @Override
    public final List<Waiting<P>> all() {
        return lanes.values().stream().flatMap(Deque::stream).toList();
    }

    private Deque<Waiting<P>> lane(Waiting<P> waiting) {
        return lanes.get(waiting.parcel().lane());
    }

    /** Nothing leaves before. */
    public final void pause(long until) {
        pausedUntil = later(pausedUntil, until);
        all().forEach(Waiting::wake);
    }

    /** Until the pause of all ends; negative: it is over. */
    protected final long nanosPaused(long now) {
        return pausedUntil - now;
    }

    /** The later of two times. */
    protected static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    /**
     * Who leads.
     *
     * @param cards the first that may leave; likewise {@code backlog}
     * @param inARow so many departures led by cards, and then the backlog leads one
     */
    protected final Optional<Waiting<P>> leader(
            Optional<Waiting<P>> cards, Optional<Waiting<P>> backlog, int inARow) {
        boolean backlogsTurn = cardsInARow >= inARow && backlog.isPresent();
        return cards.isEmpty() || backlogsTurn ? backlog : cards;
    }

    /** This one leads a departure; all that leave with it have been taken away. */
    protected final void led(Waiting<P> head) {
        boolean overtakes =
                head.parcel().lane() == Lane.CARDS && !lanes.get(Lane.BACKLOG).isEmpty();
        cardsInARow = overtakes ? cardsInARow + 1 : 0;
    }
}
