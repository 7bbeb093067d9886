package org.trunkline.crm.bitrix24.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Schedule;
import org.trunkline.crm.connector.Waiting;

/**
 * Decides what leaves for a portal, and when. Whatever waits when the bucket has room leaves
 * together, cards first; a parcel that finds room leaves at once, alone. Only backlog behind
 * backlog waits a moment for company, the longer the more is under way: a flood of it would spend
 * the whole burst on requests of one call each.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Departures implements Schedule<Parcel> {

    /** The vendor's own limit. */
    static final int MOST_COMMANDS = 50;

    /** Longest run of one batch: the vendor cuts a request after 60 s. */
    static final double MOST_SECONDS = 20;

    /** A batch with cards is shorter, for its last card appears only when the others are done. */
    static final double MOST_SECONDS_WITH_CARDS = 2;

    /** So many departures led by cards, and then the backlog leads one. */
    static final int CARDS_IN_A_ROW = 7;

    /** Of a method's run time, so that cards can still be registered when the backlog can't. */
    static final double BACKLOGS_SHARE = 0.95;

    private final Bucket bucket;
    private final MethodCosts costs = new MethodCosts();
    private final OperatingTime operating = new OperatingTime(costs);
    private final Map<Lane, Deque<Waiting<Parcel>>> lanes = new EnumMap<>(Lane.class);
    private final Map<String, Long> pausedMethods = new HashMap<>();
    private long pausedUntil;
    private long leftAt;
    private int cardsInARow;
    private int mostCommands = MOST_COMMANDS;

    /**
     * @param since when another process may have sent last; nothing left from here before
     */
    Departures(Limits limits, long since) {
        bucket = new Bucket(limits, since);
        pausedUntil = since;
        leftAt = since;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    Bucket bucket() {
        return bucket;
    }

    MethodCosts costs() {
        return costs;
    }

    OperatingTime operating() {
        return operating;
    }

    @Override
    public void returned(List<Waiting<Parcel>> carried, long now) {
        bucket.replied(now);
        carried.forEach(waiting -> operating.returned(waiting.parcel().commands()));
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

    @Override
    public boolean giveUp(Waiting<Parcel> waiting) {
        boolean stood = waiting.stands();
        if (stood) {
            waiting.stands(false);
            lane(waiting).remove(waiting);
        }
        return stood;
    }

    @Override
    public List<Waiting<Parcel>> withdraw() {
        List<Waiting<Parcel>> all = all();
        all.forEach(waiting -> waiting.stands(false));
        lanes.values().forEach(Deque::clear);
        return all;
    }

    @Override
    public List<Waiting<Parcel>> all() {
        return lanes.values().stream().flatMap(Deque::stream).toList();
    }

    /** Nothing leaves before. */
    void pause(long until) {
        pausedUntil = later(pausedUntil, until);
        all().forEach(Waiting::wake);
    }

    /** Nothing with this method leaves before. */
    void pause(String method, long until) {
        pausedMethods.merge(method, until, Departures::later);
        operating.refused(method);
        all().forEach(Waiting::wake);
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    /** The portal found a batch too long. */
    void shorterBatches() {
        mostCommands = Math.max(1, mostCommands / 2);
    }

    @Override
    public Optional<Waiting<Parcel>> head(long now) {
        Optional<Waiting<Parcel>> cards = first(Lane.CARDS, now);
        Optional<Waiting<Parcel>> backlog = first(Lane.BACKLOG, now);
        boolean backlogsTurn = cardsInARow >= CARDS_IN_A_ROW && backlog.isPresent();
        return cards.isEmpty() || backlogsTurn ? backlog : cards;
    }

    @Override
    public long nanosUntil(Waiting<Parcel> waiting, long now) {
        long paused = Math.max(pausedUntil - now, pauseOf(waiting, now));
        return paused > 0
                ? paused
                : Math.max(
                        bucket.nanosUntilRoom(below(waiting), now), nanosGathering(waiting, now));
    }

    /** Until backlog that is not full should leave behind what left last. */
    private long nanosGathering(Waiting<Parcel> head, long now) {
        Deque<Waiting<Parcel>> backlog = lanes.get(Lane.BACKLOG);
        boolean full = backlog.size() * head.parcel().commands().size() >= mostCommands;
        boolean gathers =
                head.parcel().lane() == Lane.BACKLOG
                        && !head.parcel().alone()
                        && lanes.get(Lane.CARDS).isEmpty();
        return gathers && !full ? Math.max(0, leftAt + bucket.nanosBetween(below(head)) - now) : 0;
    }

    @Override
    public long nanosPaused(Waiting<Parcel> waiting, long now) {
        return Math.max(0, Math.max(pausedUntil - now, pauseOf(waiting, now)));
    }

    @Override
    public List<Waiting<Parcel>> depart(long now) {
        Waiting<Parcel> head = head(now).orElseThrow();
        List<Waiting<Parcel>> leaving = new ArrayList<>(List.of(head));
        operating.departed(head.parcel().commands());
        if (!head.parcel().alone()) {
            fill(leaving, now);
        }
        leaving.forEach(this::giveUp);
        boolean overtakes =
                head.parcel().lane() == Lane.CARDS && !lanes.get(Lane.BACKLOG).isEmpty();
        cardsInARow = overtakes ? cardsInARow + 1 : 0;
        leftAt = now;
        bucket.departed(now);
        return leaving;
    }

    private void fill(List<Waiting<Parcel>> leaving, long now) {
        Waiting<Parcel> head = leaving.get(0);
        double most = head.parcel().lane() == Lane.CARDS ? MOST_SECONDS_WITH_CARDS : MOST_SECONDS;
        int commands = head.parcel().commands().size();
        double seconds = costs.of(head.parcel().commands());
        for (Lane lane : Lane.values()) {
            for (Waiting<Parcel> next : lanes.get(lane)) {
                List<Command> its = next.parcel().commands();
                if (next == head || next.parcel().alone() || pauseOf(next, now) > 0) {
                    continue;
                }
                if (commands + its.size() > mostCommands || seconds + costs.of(its) > most) {
                    break;
                }
                commands += its.size();
                seconds += costs.of(its);
                leaving.add(next);
                operating.departed(its);
            }
        }
    }

    /** Fresh backlog leaves a share of the bucket to cards; in its turn it may use all. */
    private int below(Waiting<Parcel> head) {
        int size = bucket.limits().size();
        boolean reserve = head.parcel().lane() == Lane.BACKLOG && lanes.get(Lane.CARDS).isEmpty();
        return reserve ? size - bucket.limits().reservedForCards() : size;
    }

    private Optional<Waiting<Parcel>> first(Lane lane, long now) {
        return lanes.get(lane).stream().filter(w -> pauseOf(w, now) <= 0).findFirst();
    }

    private long pauseOf(Waiting<Parcel> waiting, long now) {
        List<Command> commands = waiting.parcel().commands();
        double share = waiting.parcel().lane() == Lane.CARDS ? 1 : BACKLOGS_SHARE;
        long refused =
                commands.stream()
                        .mapToLong(c -> pausedMethods.getOrDefault(c.method(), now) - now)
                        .max()
                        .orElse(0);
        return Math.max(refused, operating.nanosUntilRoom(commands, share, now));
    }

    private Deque<Waiting<Parcel>> lane(Waiting<Parcel> waiting) {
        return lanes.get(waiting.parcel().lane());
    }
}
