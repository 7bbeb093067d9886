package org.trunkline.sandbox.amo;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which entity is linked with which; the first contact of a lead is its main one. */
final class Links {
    private record End(EntityType type, String id) {}

    private final Map<End, Set<End>> ends = new HashMap<>();

    void link(EntityType a, String aId, EntityType b, String bId) {
        add(new End(a, aId), new End(b, bId));
        add(new End(b, bId), new End(a, aId));
    }

    void unlink(EntityType a, String aId, EntityType b, String bId) {
        remove(new End(a, aId), new End(b, bId));
        remove(new End(b, bId), new End(a, aId));
    }

    /** Everything of that kind linked with one entity, in the order it was linked. */
    List<String> of(EntityType type, String id, EntityType wanted) {
        return ends.getOrDefault(new End(type, id), Set.of()).stream()
                .filter(other -> other.type() == wanted)
                .map(End::id)
                .toList();
    }

    /** Whether it is the contact that the lead is shown with. */
    boolean isMain(String lead, String contact) {
        Optional<String> first =
                of(EntityType.LEADS, lead, EntityType.CONTACTS).stream().findFirst();
        return first.equals(Optional.of(contact));
    }

    /** Forgets all links of one kind. */
    void forget(EntityType type) {
        ends.keySet().removeIf(end -> end.type() == type);
        ends.values().forEach(others -> others.removeIf(end -> end.type() == type));
    }

    private void add(End from, End to) {
        ends.computeIfAbsent(from, end -> new LinkedHashSet<>()).add(to);
    }

    private void remove(End from, End to) {
        ends.getOrDefault(from, new LinkedHashSet<>()).remove(to);
    }
}
