package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import org.trunkline.crm.connector.Answer;
import org.trunkline.model.Fault;

/** What came of one request with all the parcels in it. */
sealed interface Trip {

    /**
     * The portal answered each command.
     *
     * @param answers in step with parcels and commands
     */
    record Answered(List<List<Answer>> answers, List<Envelope.Spent> spent) implements Trip {}

    /** The portal refused the request as a whole; nothing was done. */
    record Refused(Bitrix24Refusal refusal) implements Trip {}

    /** The request was not read for want of a good token; there is one now. */
    record Renewed() implements Trip {}

    /** Nobody knows what was done. */
    record Lost(String why, String cure) implements Trip {}

    /** The portal cannot be reached; nothing was done. */
    record Unreached(String why, String cure) implements Trip {}

    /** Nothing was done, for a reason that is not the way to the portal. */
    record Unsent(Fault fault) implements Trip {}
}
