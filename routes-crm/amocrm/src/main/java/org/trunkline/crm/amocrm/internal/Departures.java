package org.trunkline.crm.amocrm.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.LaneSchedule;
import org.trunkline.crm.connector.Waiting;

/**
 * Decides what leaves for an account, and when: cards first; whatever waits for the same endpoint
 * when the pace lets one leave goes along.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Departures extends LaneSchedule<Parcel> {

    /** So many departures led by cards, and then a small backlog leads one. */
    static final int CARDS_IN_A_ROW = 4;

    private final Pace pace;

    /** When each that is under way left, by the first of those that left together. */
    private final Map<Waiting<Parcel>, Long> leftAt = new IdentityHashMap<>();

    /** An array was refused for one of these, and nobody knows which. */
    private final Set<Waiting<Parcel>> suspects = new HashSet<>();

    /**
     * @param since when another process may have sent last
     */
    Departures(int perSecond, long since) {
        super(since);
        pace = new Pace(perSecond, since);
    }

    Pace pace() {
        return pace;
    }

    /** As {@link #rejoin}, but each in a request of its own. */
    void rejoinAlone(List<Waiting<Parcel>> returned) {
        suspects.addAll(returned);
        rejoin(returned);
    }

    @Override
    public boolean giveUp(Waiting<Parcel> waiting) {
        boolean stood = super.giveUp(waiting);
        if (stood) {
            suspects.remove(waiting);
        }
        return stood;
    }

    @Override
    public Optional<Waiting<Parcel>> head(long now) {
        Optional<Waiting<Parcel>> cards = Optional.ofNullable(lanes.get(Lane.CARDS).peekFirst());
        Optional<Waiting<Parcel>> backlog =
                Optional.ofNullable(lanes.get(Lane.BACKLOG).peekFirst());
        return leader(cards, backlog, cardsBeforeBacklog());
    }

    /**
     * Backlog that fills a request takes turns with cards: each call is one of either, so it would
     * grow without end otherwise, while cards leave in requests that are nearly empty.
     */
    private int cardsBeforeBacklog() {
        return lanes.get(Lane.BACKLOG).size() >= Endpoint.MOST_ITEMS ? 1 : CARDS_IN_A_ROW;
    }

    @Override
    public long nanosUntil(Waiting<Parcel> waiting, long now) {
        return Math.max(nanosPaused(waiting, now), pace.nanosUntilRoom(now));
    }

    @Override
    public long nanosPaused(Waiting<Parcel> waiting, long now) {
        return Math.max(0, nanosPaused(now));
    }

    @Override
    public List<Waiting<Parcel>> depart(long now) {
        Waiting<Parcel> head = head(now).orElseThrow();
        List<Waiting<Parcel>> leaving = new ArrayList<>(List.of(head));
        if (head.parcel().endpoint().form() != Endpoint.Form.ALONE && !suspects.contains(head)) {
            fill(leaving);
        }
        leaving.forEach(this::giveUp);
        led(head);
        pace.departed(now);
        leftAt.put(head, now);
        return leaving;
    }

    private void fill(List<Waiting<Parcel>> leaving) {
        Waiting<Parcel> head = leaving.get(0);
        int items = head.parcel().size();
        for (Lane lane : Lane.values()) {
            for (Waiting<Parcel> next : lanes.get(lane)) {
                boolean along =
                        next != head
                                && next.parcel().endpoint().equals(head.parcel().endpoint())
                                && !suspects.contains(next)
                                && items + next.parcel().size() <= Endpoint.MOST_ITEMS;
                if (along) {
                    items += next.parcel().size();
                    leaving.add(next);
                }
            }
        }
    }

    @Override
    public void returned(List<Waiting<Parcel>> carried, long now) {
        pace.replied(leftAt.remove(carried.get(0)), now);
    }
}
