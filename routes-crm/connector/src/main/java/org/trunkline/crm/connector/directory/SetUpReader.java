package org.trunkline.crm.connector.directory;

import java.util.List;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.Fault;
import org.trunkline.model.PortalDirectory.Problem;

/** How one portal's set-up is read, and what the hub keeps there is brought into step. */
@FunctionalInterface
public interface SetUpReader {

    /**
     * Reads it.
     *
     * @param known as it was read last
     * @param problems takes what is wrong beside what could not be read
     * @param warnings takes what a person should look at in the CRM
     * @throws Fault if nothing could be read
     */
    PortalReading read(CrmDirectory known, List<Problem> problems, List<Problem> warnings);
}
