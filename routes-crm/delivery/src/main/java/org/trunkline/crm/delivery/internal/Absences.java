package org.trunkline.crm.delivery.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Integration;
import org.trunkline.store.Work;

/**
 * Portals that nothing got through to. When something does, all that waits for its next try goes at
 * once: after a long outage each call would wait up to five minutes more. Forgotten with the
 * process; the rows' own times hold then.
 */
public final class Absences {

    private static final Logger LOG = LoggerFactory.getLogger(Absences.class);

    private record Key(String company, String integration) {}

    private final Work work;
    private final Set<Key> away = ConcurrentHashMap.newKeySet();

    public Absences(Work work) {
        this.work = work;
    }

    void away(Work.Item item) {
        away.add(new Key(item.company(), item.integration()));
    }

    void reached(Matter matter) {
        if (away.isEmpty()) {
            return;
        }
        String company = matter.item().company();
        Set<String> same =
                matter.company().integrations().stream()
                        .filter(one -> one.portal().equals(matter.portal().id()))
                        .map(Integration::id)
                        .collect(Collectors.toSet());
        if (away.removeIf(
                key -> key.company().equals(company) && same.contains(key.integration()))) {
            work.hurry(company, same);
            LOG.info(
                    "Portal {} of {} is back: all that waits for it goes now",
                    matter.portal().id(),
                    company);
        }
    }
}
