package org.trunkline.crm.bitrix24.internal.directory;

import java.util.List;
import java.util.Map;
import org.trunkline.crm.bitrix24.internal.directory.WantedLines.Wanted;
import org.trunkline.crm.connector.directory.DirectoryNotes;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;

/** Which outside lines of portals are the hub's, as the store keeps it. */
record LineNotes(DirectoryNotes notes) {

    private static final String LINES = "lines";

    private record Lines(String of, List<String> numbers, Map<String, Wanted> asked) {

        /** Hubs before this one noted no {@code asked}. */
        Lines {
            asked = asked == null ? Map.of() : asked;
        }
    }

    /**
     * Outside lines that are the hub's.
     *
     * @param numbers digits of those that it made
     * @param asked by their digits, those that it asked for without having heard the reply
     */
    record OurLines(List<String> numbers, Map<String, Wanted> asked) {

        /** What was asked for is ours only if it is there just as it was asked for. */
        boolean hold(String digits, ExternalLine line) {
            Wanted asking = asked.get(digits);
            return numbers.contains(digits)
                    || asking != null
                            && asking.name().equals(line.name())
                            && asking.autoCreate() == line.autoCreate();
        }
    }

    OurLines known(String company, Portal portal) {
        return notes.read(company, portal, LINES, Lines.class)
                .filter(lines -> notes.same(lines.of(), company, portal))
                .map(lines -> new OurLines(lines.numbers(), lines.asked()))
                .orElse(new OurLines(List.of(), Map.of()));
    }

    void keep(String company, Portal portal, OurLines ours) {
        Lines lines = new Lines(notes.identity(company, portal), ours.numbers(), ours.asked());
        notes.notes().put(company, portal.id(), LINES, Json.write(lines));
    }
}
