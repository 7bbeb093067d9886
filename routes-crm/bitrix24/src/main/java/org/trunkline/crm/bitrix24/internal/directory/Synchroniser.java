package org.trunkline.crm.bitrix24.internal.directory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** Brings what is known of a portal up to date, and its outside lines (rules T4, T6, O17). */
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
     * @param ask one request
     * @throws Fault if nothing could be read, or the store can't be written
     */
    Synchronised run(Company company, Portal portal, Function<List<Question>, List<Told>> ask) {
        Object lock = locks.computeIfAbsent(company.id() + "/" + portal.id(), key -> new Object());
        synchronized (lock) {
            CrmDirectory known = notes.known(company.id(), portal);
            PortalReading reading = PortalReading.of(ask, known);
            List<Problem> problems = new ArrayList<>();
            List<Problem> warnings = new ArrayList<>();
            if (reading.lines() instanceof Read.Whole<List<ExternalLine>> lines) {
                reading = lines(company, portal, reading, lines.value(), ask, problems, warnings);
            }
            Merge merge = new Merge(known, reading);
            problems.addAll(0, merge.problems());
            CrmDirectory now = merge.directory(clock.instant());
            notes.keep(company.id(), portal, now);
            return new Synchronised(now, merge.changes(now), problems, warnings);
        }
    }

    /** What was read counts, even where the lines can't be brought into step now. */
    private PortalReading lines(
            Company company,
            Portal portal,
            PortalReading reading,
            List<ExternalLine> there,
            Function<List<Question>, List<Told>> ask,
            List<Problem> problems,
            List<Problem> warnings) {
        try {
            LineKeeper.Kept kept = new LineKeeper(notes).keep(company, portal, there, ask);
            problems.addAll(kept.problems());
            warnings.addAll(kept.warnings());
            return reading.with(kept.lines());
        } catch (Fault later) {
            problems.add(new Problem(Part.LINES, later.getMessage(), later.cure()));
            return reading;
        }
    }
}
