package org.trunkline.runtime.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What a consumer knows of the items it will not take now: those in hand, those held back after a
 * failure, and those parked because their lane is full. Used by one thread only.
 */
final class Hand<K> {

    /** A lane may have so many in any case, and more only while as many are left to others. */
    private static final int ALWAYS = 32;

    private final IntSupplier most;
    private final IntSupplier perLane;
    private final Map<K, String> inHand = new HashMap<>();
    private final Map<String, Integer> lanes = new HashMap<>();
    private final Map<K, String> parked = new HashMap<>();
    private final Set<K> held = new HashSet<>();
    private final Map<K, Integer> failures = new HashMap<>();

    Hand(IntSupplier most, IntSupplier perLane) {
        this.most = most;
        this.perLane = perLane;
    }

    int room() {
        return most.getAsInt() - inHand.size();
    }

    int parked() {
        return parked.size();
    }

    /** All that the store need not name. */
    Set<K> known() {
        Set<K> known = new HashSet<>(inHand.keySet());
        known.addAll(parked.keySet());
        known.addAll(held);
        return known;
    }

    /** Takes an item, or parks it until its lane has room. */
    boolean take(K key, String lane) {
        if (inHand.containsKey(key) || held.contains(key)) {
            return false;
        }
        int taken = lanes.getOrDefault(lane, 0);
        if (taken >= perLane.getAsInt() || taken >= Math.max(ALWAYS, room())) {
            parked.put(key, lane);
            return false;
        }
        inHand.put(key, lane);
        lanes.merge(lane, 1, Integer::sum);
        return true;
    }

    /** Lays an item down; what was parked for its lane may be taken again. */
    void release(K key) {
        String lane = inHand.remove(key);
        lanes.computeIfPresent(lane, (name, count) -> count == 1 ? null : count - 1);
        parked.values().removeIf(lane::equals);
    }

    /**
     * Keeps an item away until {@link #allow}.
     *
     * @return failures of it in a row
     */
    int hold(K key) {
        held.add(key);
        return failures.merge(key, 1, Integer::sum);
    }

    void allow(K key) {
        held.remove(key);
    }

    void succeeded(K key) {
        failures.remove(key);
    }
}
