package org.trunkline.crm.bitrix24.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The portal's {@code operating}: the run time of a method within the last ten minutes, kept in
 * baskets of a minute. Each reply tells it. What is under way is added here, and what has grown old
 * since that reply is taken off as far as this hub knows its baskets.
 *
 * <p>A portal that tells no such figure has no such limit. Not thread-safe; times are monotonic
 * nanoseconds unless they are said to be the portal's.
 */
final class OperatingTime {

    /** The limit in the vendor's own example; a portal that has less shows it by refusing. */
    static final double LIMIT_SECONDS = 480;

    private static final long BASKETS = 10;
    private static final double MINUTE = 60;
    private static final double NANOS_A_SECOND = 1e9;

    /** The portal's clock is known to the second. */
    private static final double SLACK_SECONDS = 1.5;

    private final MethodCosts costs;
    private final Map<String, Method> methods = new HashMap<>();

    /** Portal's seconds since the epoch when the monotonic clock shows zero. */
    private double epoch;

    OperatingTime(MethodCosts costs) {
        this.costs = costs;
    }

    private static final class Method {
        private final TreeMap<Long, Double> baskets = new TreeMap<>();
        private double limit = LIMIT_SECONDS;
        private double told;
        private double toldAt;
        private double resetAt;
        private int underWay;
    }

    /** A reply's figures. */
    void learn(Envelope.Spent spent, long now) {
        if (spent.operating().isEmpty()) {
            return;
        }
        epoch = spent.finishedAt() - now / NANOS_A_SECOND;
        Method method = methods.computeIfAbsent(spent.method(), name -> new Method());
        if (spent.finishedAt() >= method.toldAt) {
            method.told = spent.operating().getAsDouble();
            method.toldAt = spent.finishedAt();
            method.resetAt = spent.resetAt();
        }
        long minute = (long) (spent.finishedAt() / MINUTE);
        method.baskets.headMap(minute - BASKETS, true).clear();
        method.baskets.merge(minute, spent.seconds(), Double::sum);
    }

    /** The portal refused a method for its run time, so it allows less than was thought. */
    void refused(String name) {
        Method method = methods.get(name);
        if (method != null && method.told < method.limit) {
            method.limit = Math.max(method.told, LIMIT_SECONDS / BASKETS);
        }
    }

    void departed(List<Command> commands) {
        count(commands, 1);
    }

    void returned(List<Command> commands) {
        count(commands, -1);
    }

    private void count(List<Command> commands, int one) {
        commands.forEach(
                command ->
                        methods.computeIfAbsent(command.method(), name -> new Method()).underWay +=
                                one);
    }

    /**
     * How long until these commands fit below a share of what the portal allows; 0: they fit now.
     *
     * @param share of the limit, up to 1
     */
    long nanosUntilRoom(List<Command> commands, double share, long now) {
        Map<String, Integer> wanted = new HashMap<>();
        commands.forEach(command -> wanted.merge(command.method(), 1, Integer::sum));
        double wait = 0;
        for (Map.Entry<String, Integer> one : wanted.entrySet()) {
            Method method = methods.get(one.getKey());
            if (method != null && method.told > 0) {
                double seconds = one.getValue() * costs.of(one.getKey());
                wait = Math.max(wait, secondsUntilRoom(one.getKey(), method, seconds, share, now));
            }
        }
        return (long) Math.ceil(wait * NANOS_A_SECOND);
    }

    private double secondsUntilRoom(
            String name, Method method, double seconds, double share, long now) {
        double time = epoch + now / NANOS_A_SECOND;
        double used = method.told + method.underWay * costs.of(name) + seconds;
        double room = method.limit * share;
        if (used <= room) {
            return 0;
        }
        // What others spent, or this hub before its start, is forgotten nobody here knows when;
        // but the first of it may be when the portal says, and the next reply tells the rest.
        double own = method.baskets.values().stream().mapToDouble(basket -> basket).sum();
        boolean others = method.told - own > 1;
        double forgotten =
                others && method.underWay == 0 ? method.resetAt + SLACK_SECONDS : time + MINUTE;
        for (Map.Entry<Long, Double> basket : method.baskets.entrySet()) {
            used -= basket.getValue();
            if (used <= room) {
                double empty = emptyAt(basket.getKey());
                return Math.max(0, (others ? Math.min(forgotten, empty) : empty) - time);
            }
        }
        return Math.max(0, forgotten - time);
    }

    private static double emptyAt(long minute) {
        return (minute + BASKETS) * MINUTE + SLACK_SECONDS;
    }
}
