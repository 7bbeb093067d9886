package org.trunkline.itests;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A PBX that tells the hub of calls in its own words. */
interface NativePbx extends AutoCloseable {

    /** Fills in what the provisioning document says of the account, beside lines and employees. */
    void describe(ObjectNode account);

    /**
     * Tells a call.
     *
     * @param call its name: a capture, a sequence of notifications, or what else this PBX knows
     * @param client the client's number, which no other call has
     */
    void play(String call, String client);

    @Override
    default void close() {}
}
