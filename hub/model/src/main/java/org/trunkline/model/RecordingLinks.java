package org.trunkline.model;

import java.net.URI;
import java.util.Optional;

/**
 * Addresses at which the hub plays recordings to whoever holds them, for CRMs that keep only a
 * link; an OSGi service of the delivery bundle. Each opens one recording of one call, lives until
 * it is revoked, and can't be guessed.
 */
public interface RecordingLinks {

    /** What is wrong where there are no links. */
    String NONE = "the hub does not know the address at which the outside world finds it";

    /** And what helps. */
    String CURE =
            "set TRUNKLINE_PUBLIC_URL, as in https://hub.example.com, and start the hub again";

    /**
     * The link of a recording, which need not be there yet (rule I3): the same whenever it is asked
     * for, until links are revoked. Never to be logged.
     *
     * @return empty while {@code TRUNKLINE_PUBLIC_URL} is not set
     * @throws Fault.Retryable if the store can't be read
     */
    Optional<URI> link(String company, String call, Recording recording);

    /**
     * All links of the company die at once; those asked for from now on differ.
     *
     * @throws Fault.Data if there is no such company
     */
    void revoke(String company);
}
