package org.trunkline.crm.amocrm.internal.directory;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/** The connector's way to its accounts; a service inside this bundle. */
public interface AccountLinks {

    /** The way to one account, made if need be. */
    Link link(String company, Portal portal);

    /** One account, for whoever connects it or reads how it is set up. Thread-safe. */
    interface Link {

        /**
         * Goes through the account's courier, in its turn. Blocks.
         *
         * @param lane {@link Lane#CARDS} only where a person waits
         * @return what it gave, missing for an empty reply; or why not, where 403 is no right
         * @throws Fault if it did not reach the account
         */
        Told ask(Lane lane, Question question);

        AmocrmTokens tokens();

        /** How the account is, for {@code /health}. */
        Vitals vitals();

        /** When the account answered last; empty: not since the start. */
        Optional<Instant> lastContact();
    }
}
