package org.trunkline.crm.bitrix24.internal;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.LaneSchedule;
import org.trunkline.crm.connector.Waiting;

/**
 * Decides what leaves for a portal, and when. Whatever waits when the bucket has room leaves
 * together, cards first; a parcel that finds room leaves at once, alone. Only backlog behind
 * backlog waits a moment for company, the longer the more is under way: a flood of it would spend
 * the whole burst on requests of one call each.
 *
 * <p>Not thread-safe; times are monotonic nanoseconds.
 */
final class Departures extends LaneSchedule<Parcel> {

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
    private final Map<String, Long> pausedMethods = new HashMap<>();
    private long leftAt;
    private int mostCommands = MOST_COMMANDS;

    /**
     * @param since when another process may have sent last; nothing left from here before
     */
    Departures(Limits limits, long since) {
        super(since);
        bucket = new Bucket(limits, since);
        leftAt = since;
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

    /** Nothing with this method leaves before. */
    void pause(String method, long until) {
        pausedMethods.merge(method, until, LaneSchedule::later);
        operating.refused(method);
        all().forEach(Waiting::wake);
    }

    /** The portal found a batch too long. */
    void shorterBatches() {
        mostCommands = Math.max(1, mostCommands / 2);
    }

    @Override
    public Optional<Waiting<Parcel>> head(long now) {
        Optional<Waiting<Parcel>> cards = first(Lane.CARDS, now);
        Optional<Waiting<Parcel>> backlog = first(Lane.BACKLOG, now);
        return leader(cards, backlog, CARDS_IN_A_ROW);
    }

    @Override
    public long nanosUntil(Waiting<Parcel> waiting, long now) {
        long paused = Math.max(nanosPaused(now), pauseOf(waiting, now));
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
        return Math.max(0, Math.max(nanosPaused(now), pauseOf(waiting, now)));
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
        led(head);
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
}
