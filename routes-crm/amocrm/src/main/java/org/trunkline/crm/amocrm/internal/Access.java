package org.trunkline.crm.amocrm.internal;

import java.net.URI;

/** An account's authorisation, as its requests need it. Thread-safe. */
public interface Access {

    /** Where the account is now; a renamed one has another host than its document says. */
    URI base();

    /**
     * The token for the next request, renewed if it is about to end.
     *
     * @throws Fault.Auth while the account takes none
     */
    String fresh();

    /**
     * Renews a token that the account says has expired, unless that was done meanwhile.
     *
     * @throws Fault.Auth if it can't be renewed ever
     * @throws Fault.Retryable if it can't be renewed now
     */
    void renew(String expired);
}
