package org.trunkline.crm.bitrix24.internal.directory;

import java.util.List;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/** The connector's way to its portals; a service inside this bundle. */
public interface PortalLinks {

    /** The way to one portal. */
    Link link(String company, Portal portal);

    /** Questions go through the portal's courier, each list in one request. Thread-safe. */
    interface Link {

        /**
         * While a person waits: as cards do.
         *
         * @return in step with the questions
         * @throws Fault if nothing of it reached the portal
         */
        List<Told> now(List<Question> questions);

        /** Likewise, behind all that is urgent. */
        List<Told> inTurn(List<Question> questions);
    }
}
