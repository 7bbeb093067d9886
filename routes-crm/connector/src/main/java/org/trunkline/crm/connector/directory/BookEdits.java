package org.trunkline.crm.connector.directory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trunkline.model.EntityKind;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Entry;

/** What a look at a portal changes in one phone book (rule X7). */
public record BookEdits(PhoneBook book, String company, String portal) {

    /**
     * Entities that are asked for together.
     *
     * @param ids of one kind, no more than the vendor takes
     */
    public record Wanted(EntityKind kind, List<Long> ids) {}

    /** Writes entries as they are now. */
    public void put(List<Entry> entries) {
        book.put(company, portal, entries);
    }

    /** Entities in parts of so many. */
    public static List<Wanted> parts(Map<EntityKind, Set<Long>> these, int most) {
        List<Wanted> parts = new ArrayList<>();
        these.forEach(
                (kind, ids) -> {
                    List<Long> all = List.copyOf(ids);
                    for (int i = 0; i < all.size(); i += most) {
                        parts.add(new Wanted(kind, all.subList(i, Math.min(all.size(), i + most))));
                    }
                });
        return parts;
    }

    /**
     * Others with a number of what was changed: when clients are merged, one is changed and the
     * other is gone without a word.
     *
     * @param most of each kind
     */
    public Map<EntityKind, Set<Long>> doubtful(Map<EntityKind, Set<Long>> touched, int most) {
        Map<EntityKind, Set<Long>> doubtful = new EnumMap<>(EntityKind.class);
        touched.forEach(
                (kind, ids) -> {
                    Set<Long> sharing =
                            kind == EntityKind.DEAL
                                    ? Set.of()
                                    : book.sharing(company, portal, kind, ids).stream()
                                            .limit(most)
                                            .collect(Collectors.toSet());
                    if (!sharing.isEmpty()) {
                        doubtful.put(kind, sharing);
                    }
                });
        return doubtful;
    }

    /** These were asked for; who is not there is forgotten. */
    public void seen(Wanted wanted, List<Entry> there) {
        Set<Long> gone = new LinkedHashSet<>(wanted.ids());
        there.forEach(entry -> gone.remove(entry.id()));
        put(there);
        forget(wanted.kind(), gone);
    }

    /** These are not in the portal any more, or of no use to a book. */
    public void forget(EntityKind kind, Set<Long> ids) {
        if (!ids.isEmpty()) {
            book.forget(company, portal, kind, ids);
        }
    }
}
