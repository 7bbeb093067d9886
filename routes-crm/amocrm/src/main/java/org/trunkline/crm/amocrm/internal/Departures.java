package org.trunkline.crm.amocrm.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Schedule;
import org.trunkline.crm.connector.Waiting;

/**
 * Decides what leaves for an account, and when: cards first; whatever waits for the same endpoint
 * when the pace lets one leave goes along.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Departures implements Schedule<Parcel> {

    /** So many departures led by cards, and then a small backlog leads one. */
    static final int CARDS_IN_A_ROW = 4;

    private final Pace pace;
    private final Map<Lane, Deque<Waiting<Parcel>>> lanes = new EnumMap<>(Lane.class);

    /** When each that is under way left, by the first of those that left together. */
    private final Map<Waiting<Parcel>, Long> leftAt = new IdentityHashMap<>();

    /** An array was refused for one of these, and nobody knows which. */
    private final Set<Waiting<Parcel>> suspects = new HashSet<>();

    private long pausedUntil;
    private int cardsInARow;

    /**
     * @param since when another process may have sent last
     */
    Departures(int perSecond, long since) {
        pace = new Pace(perSecond, since);
        pausedUntil = since;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    Pace pace() {
        return pace;
    }

    @Override
    public void join(Waiting<Parcel> waiting) {
        lane(waiting).addLast(waiting);
        waiting.stands(true);
    }

    @Override
    public void rejoin(List<Waiting<Parcel>> returned) {
        for (int i = returned.size() - 1; i >= 0; i--) {
            lane(returned.get(i)).addFirst(returned.get(i));
            returned.get(i).stands(true);
        }
    }

    /** Likewise, but each in a request of its own. */
    void rejoinAlone(List<Waiting<Parcel>> returned) {
        suspects.addAll(returned);
        rejoin(returned);
    }

    @Override
    public boolean giveUp(Waiting<Parcel> waiting) {
        boolean stood = waiting.stands();
        if (stood) {
            waiting.stands(false);
            lane(waiting).remove(waiting);
            suspects.remove(waiting);
        }
        return stood;
    }

    @Override
    public List<Waiting<Parcel>> withdraw() {
        List<Waiting<Parcel>> all = all();
        all.forEach(waiting -> waiting.stands(false));
        lanes.values().forEach(Deque::clear);
        suspects.clear();
        return all;
    }

    @Override
    public List<Waiting<Parcel>> all() {
        return lanes.values().stream().flatMap(Deque::stream).toList();
    }

    /** Nothing leaves before. */
    void pause(long until) {
        pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
        all().forEach(Waiting::wake);
    }

    @Override
    public Optional<Waiting<Parcel>> head(long now) {
        Optional<Waiting<Parcel>> cards = Optional.ofNullable(lanes.get(Lane.CARDS).peekFirst());
        Optional<Waiting<Parcel>> backlog =
                Optional.ofNullable(lanes.get(Lane.BACKLOG).peekFirst());
        boolean backlogsTurn = cardsInARow >= cardsBeforeBacklog() && backlog.isPresent();
        return cards.isEmpty() || backlogsTurn ? backlog : cards;
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
        return Math.max(0, pausedUntil - now);
    }

    @Override
    public List<Waiting<Parcel>> depart(long now) {
        Waiting<Parcel> head = head(now).orElseThrow();
        List<Waiting<Parcel>> leaving = new ArrayList<>(List.of(head));
        if (head.parcel().endpoint().form() != Endpoint.Form.ALONE && !suspects.contains(head)) {
            fill(leaving);
        }
        leaving.forEach(this::giveUp);
        boolean overtakes =
                head.parcel().lane() == Lane.CARDS && !lanes.get(Lane.BACKLOG).isEmpty();
        cardsInARow = overtakes ? cardsInARow + 1 : 0;
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

    private Deque<Waiting<Parcel>> lane(Waiting<Parcel> waiting) {
        return lanes.get(waiting.parcel().lane());
    }
}
