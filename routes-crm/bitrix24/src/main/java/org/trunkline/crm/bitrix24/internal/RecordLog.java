package org.trunkline.crm.bitrix24.internal;

import org.trunkline.crm.connector.DeedLog;
import org.trunkline.model.CallRecord;
import org.trunkline.model.StepLog;

/** The steps of one record of a call: those of the first are named plainly, others by its key. */
final class RecordLog extends DeedLog {

    private final String suffix;

    RecordLog(StepLog steps, CallRecord record) {
        super(steps);
        this.suffix = record.key().equals(CallRecord.MAIN) ? "" : ":" + record.key();
    }

    String register() {
        return "register" + suffix;
    }

    /**
     * A second registration, of a call whose card was shown before its client was made: the portal
     * does not let the first one be hung on him.
     */
    String registerAgain() {
        return "registerAgain" + suffix;
    }

    /**
     * Under which user the register went out last. Durable before its request: the portal gives the
     * same call only to the same user, and who that is changes while the call goes on.
     */
    String registrant() {
        return "registeredAs" + suffix;
    }

    /** On whom the portal hung the call, as {@link Entity#toString}; empty: on nobody. */
    String client() {
        return "client" + suffix;
    }

    String card() {
        return "card" + suffix;
    }

    /**
     * To whom a card may have been shown where the hub makes the entities, durable before the
     * request: a registration that is never finished keeps its cards until they are hidden.
     */
    String shownTo() {
        return "shownTo" + suffix;
    }

    String finish() {
        return "finish" + suffix;
    }

    String activity() {
        return "activity" + suffix;
    }

    String transcript() {
        return "transcript" + suffix;
    }
}
