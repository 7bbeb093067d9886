package org.trunkline.crm.bitrix24.internal.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.directory.WantedLines.Wanted;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.PortalNotes;

/** What is known of portals, as the store keeps it. */
record DirectoryNotes(Companies companies, PortalNotes notes) {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryNotes.class);

    private static final String DIRECTORY = "directory";

    private static final String LINES = "lines";

    /**
     * @param of which portal it was read from
     */
    private record Kept(String of, CrmDirectory directory) {}

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

    /** Nothing if the portal's entry leads to another portal by now. */
    CrmDirectory known(String company, Portal portal) {
        return read(company, portal, DIRECTORY, Kept.class)
                .filter(kept -> same(kept.of(), company, portal))
                .map(Kept::directory)
                .orElse(CrmDirectory.UNREAD);
    }

    void keep(String company, Portal portal, CrmDirectory directory) {
        Kept kept = new Kept(identity(company, portal), directory);
        notes.put(company, portal.id(), DIRECTORY, Json.write(kept));
    }

    OurLines ourLines(String company, Portal portal) {
        return read(company, portal, LINES, Lines.class)
                .filter(lines -> same(lines.of(), company, portal))
                .map(lines -> new OurLines(lines.numbers(), lines.asked()))
                .orElse(new OurLines(List.of(), Map.of()));
    }

    void keepLines(String company, Portal portal, OurLines ours) {
        Lines lines = new Lines(identity(company, portal), ours.numbers(), ours.asked());
        notes.put(company, portal.id(), LINES, Json.write(lines));
    }

    /** A portal keeps its member id when it is renamed; one that has none is its address. */
    String identity(String company, Portal portal) {
        return companies
                .secret(company, portal.secretKey("memberId"))
                .orElseGet(() -> portal.address().toString());
    }

    /**
     * Its member id becomes known with the first renewal: what bears its address is its own too.
     */
    boolean same(String of, String company, Portal portal) {
        return of.equals(identity(company, portal)) || of.equals(portal.address().toString());
    }

    /** Whether the hub holds tokens of the portal at all. */
    boolean connected(String company, Portal portal) {
        return companies.secret(company, portal.secretKey("refreshToken")).isPresent()
                || companies.secret(company, portal.secretKey("accessToken")).isPresent();
    }

    private <T> Optional<T> read(String company, Portal portal, String name, Class<T> type) {
        Optional<PortalNotes.Note> note = notes.find(company, portal.id(), name);
        try {
            return note.map(text -> Json.read(text.text(), type));
        } catch (IllegalArgumentException e) {
            // Written by another version of the hub: it is read from the portal anew.
            LOG.warn(
                    "What was known of portal {}/{} ({}) can't be read and is asked for anew: {}",
                    company,
                    portal.id(),
                    name,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
