package org.trunkline.crm.connector.directory;

import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.PortalNotes;

/**
 * What is known of portals, as the store keeps it.
 *
 * @param identitySecret name of the secret that tells one portal from all others
 */
public record DirectoryNotes(Companies companies, PortalNotes notes, String identitySecret) {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryNotes.class);

    private static final String DIRECTORY = "directory";

    /**
     * @param of which portal it was read from
     */
    private record Kept(String of, CrmDirectory directory) {}

    /** Nothing if the portal's entry leads to another portal by now. */
    public CrmDirectory known(String company, Portal portal) {
        return read(company, portal, DIRECTORY, Kept.class)
                .filter(kept -> same(kept.of(), company, portal))
                .map(Kept::directory)
                .orElse(CrmDirectory.UNREAD);
    }

    public void keep(String company, Portal portal, CrmDirectory directory) {
        Kept kept = new Kept(identity(company, portal), directory);
        notes.put(company, portal.id(), DIRECTORY, Json.write(kept));
    }

    /** A portal keeps its identity when it is renamed; one that has none is its address. */
    public String identity(String company, Portal portal) {
        return companies
                .secret(company, portal.secretKey(identitySecret))
                .orElseGet(() -> portal.address().toString());
    }

    /** Its identity may become known later: what bears its address is its own too. */
    public boolean same(String of, String company, Portal portal) {
        return of.equals(identity(company, portal)) || of.equals(portal.address().toString());
    }

    /** Whether the hub holds tokens of the portal at all. */
    public boolean connected(String company, Portal portal) {
        return Stream.of("refreshToken", "accessToken", "longLivedToken")
                .anyMatch(name -> companies.secret(company, portal.secretKey(name)).isPresent());
    }

    /**
     * A note on the portal; what another version of the hub wrote is as good as nothing.
     *
     * @param name of the note
     */
    public <T> Optional<T> read(String company, Portal portal, String name, Class<T> type) {
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
