package org.trunkline.crm.connector.directory;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.trunkline.model.EntityKind;

/** Entities of one portal that wait to be read anew. Thread-safe. */
public final class Pending {

    /** More than these are left to the catch-up. */
    private static final int MOST = 1000;

    private final Map<EntityKind, Set<Long>> entities = new EnumMap<>(EntityKind.class);

    public synchronized void add(EntityKind kind, long id) {
        Set<Long> ids = entities.computeIfAbsent(kind, k -> new LinkedHashSet<>());
        if (ids.size() < MOST) {
            ids.add(id);
        }
    }

    public synchronized boolean none() {
        return entities.isEmpty();
    }

    public synchronized Map<EntityKind, Set<Long>> take() {
        Map<EntityKind, Set<Long>> taken = new EnumMap<>(EntityKind.class);
        taken.putAll(entities);
        entities.clear();
        return taken;
    }

    public synchronized void back(Map<EntityKind, Set<Long>> taken) {
        taken.forEach((kind, ids) -> ids.forEach(id -> add(kind, id)));
    }
}
