package org.trunkline.crm.connector.directory;

import java.util.Map;
import java.util.Set;
import org.trunkline.model.Company;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/** How one kind of CRM is read into a phone book (rule X7). For one portal, by one thread. */
public interface BookSource {

    /**
     * Asks where a round ends, and from where changes will be followed.
     *
     * @return the round at its beginning, not kept yet
     * @throws Fault if the portal could not be asked
     */
    BookProgress begun(Company company, Portal portal, BookProgress progress);

    /**
     * Goes a step on with a round: one request, whose outcome is kept with how far it came.
     *
     * @param kind that the round goes on with
     * @throws Fault if the portal could not be asked; nothing is lost
     */
    void step(Company company, Portal portal, BookProgress progress, EntityKind kind);

    /**
     * Reads all changes since the last time.
     *
     * @param progress of a book that was filled
     * @throws Fault if the portal could not be asked; the next run begins where this one did
     */
    void catchUp(Company company, Portal portal, BookProgress progress, BookTimes times);

    /** Reads these as they are now; those that the portal does not show are gone. */
    void look(Company company, Portal portal, Map<EntityKind, Set<Long>> these);
}
