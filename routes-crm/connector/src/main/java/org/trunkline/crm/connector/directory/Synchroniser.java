package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** Brings what is known of a portal up to date (rules T4, T6, O17). */
final class Synchroniser {

    private final DirectoryNotes notes;
    private final Clock clock;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Synchroniser(DirectoryNotes notes, Clock clock) {
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * Reads the portal's set-up; one at a time for a portal.
     *
     * @throws Fault if nothing could be read, or the store can't be written
     */
    Synchronised run(String company, Portal portal, SetUpReader reader) {
        Object lock = locks.computeIfAbsent(company + "/" + portal.id(), key -> new Object());
        synchronized (lock) {
            CrmDirectory known = notes.known(company, portal);
            List<Problem> problems = new ArrayList<>();
            List<Problem> warnings = new ArrayList<>();
            Merge merge = new Merge(known, reader.read(known, problems, warnings));
            problems.addAll(0, merge.problems());
            CrmDirectory now = merge.directory(clock.instant());
            notes.keep(company, portal, now);
            return new Synchronised(now, merge.changes(now), problems, warnings);
        }
    }
}
