package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Trip;

/** What a portal said to one request with all the parcels in it. */
sealed interface Said extends Trip {

    /**
     * The portal answered each command.
     *
     * @param answers in step with parcels and commands
     */
    record Answered(List<List<Answer>> answers, List<Envelope.Spent> spent) implements Said {}

    /** The portal refused the request as a whole; nothing was done. */
    record Refused(Bitrix24Refusal refusal) implements Said {}
}
