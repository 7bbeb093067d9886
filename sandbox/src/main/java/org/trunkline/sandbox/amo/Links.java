package org.trunkline.sandbox.amo;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which entity is linked with which; the first contact of a lead is its main one. */
final class Links {
    private record Link(EntityType type, String id, EntityType toType, String toId) {
        static Link of(EntityType a, String aId, EntityType b, String bId) {
            return a.compareTo(b) <= 0 ? new Link(a, aId, b, bId) : new Link(b, bId, a, aId);
        }

        boolean touches(EntityType one, String oneId) {
            return (type == one && id.equals(oneId)) || (toType == one && toId.equals(oneId));
        }

        String other(EntityType one, String oneId) {
            return type == one && id.equals(oneId) ? toId : id;
        }

        EntityType otherType(EntityType one, String oneId) {
            return type == one && id.equals(oneId) ? toType : type;
        }
    }

    private final Map<Link, Boolean> links = new LinkedHashMap<>();

    void link(EntityType a, String aId, EntityType b, String bId) {
        boolean main =
                (a == EntityType.LEADS && of(a, aId, b).isEmpty())
                        || (b == EntityType.LEADS && of(b, bId, a).isEmpty());
        links.putIfAbsent(Link.of(a, aId, b, bId), main);
    }

    void unlink(EntityType a, String aId, EntityType b, String bId) {
        links.remove(Link.of(a, aId, b, bId));
    }

    /** Everything of that kind linked with one entity, in the order it was linked. */
    List<String> of(EntityType type, String id, EntityType wanted) {
        return links.keySet().stream()
                .filter(link -> link.touches(type, id))
                .filter(link -> link.otherType(type, id) == wanted)
                .map(link -> link.other(type, id))
                .toList();
    }

    boolean isMain(EntityType a, String aId, EntityType b, String bId) {
        return links.getOrDefault(Link.of(a, aId, b, bId), false);
    }

    /** Forgets all links of one kind. */
    void forget(EntityType type) {
        for (Iterator<Link> all = links.keySet().iterator(); all.hasNext(); ) {
            Link link = all.next();
            if (link.type() == type || link.toType() == type) {
                all.remove();
            }
        }
    }
}
