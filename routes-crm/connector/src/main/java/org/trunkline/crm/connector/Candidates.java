package org.trunkline.crm.connector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Users to try in turn while the portal refuses them as dismissed or unknown. */
public final class Candidates {

    private final Deque<String> left;

    public Candidates(String first, List<String> fallbacks) {
        Set<String> each = new LinkedHashSet<>(List.of(first));
        each.addAll(fallbacks);
        left = new ArrayDeque<>(each);
    }

    public boolean more() {
        return !left.isEmpty();
    }

    /** Who is next, without taking him. */
    public String peek() {
        return left.getFirst();
    }

    public String next() {
        return left.removeFirst();
    }

    /** Without the next one, who was tried already. */
    public Candidates skip() {
        left.removeFirst();
        return this;
    }
}
