package org.trunkline.crm.bitrix24.internal;

import org.trunkline.crm.connector.DeedLog;
import org.trunkline.model.CallRecord;
import org.trunkline.model.StepLog;

/** The steps of one record of a call: those of the first are named plainly, others by its key. */
final class RecordLog extends DeedLog {

    private final CallRecord record;

    RecordLog(StepLog steps, CallRecord record) {
        super(steps);
        this.record = record;
    }

    String register() {
        return of(record, "register");
    }

    /**
     * A second registration, of a call whose card was shown before its client was made: the portal
     * does not let the first one be hung on him.
     */
    String registerAgain() {
        return of(record, "registerAgain");
    }

    /**
     * Under which user the register went out last. Durable before its request: the portal gives the
     * same call only to the same user, and who that is changes while the call goes on.
     */
    String registrant() {
        return of(record, "registeredAs");
    }

    /** On whom the portal hung the call, as {@link Entity#toString}; empty: on nobody. */
    String client() {
        return of(record, "client");
    }

    String card() {
        return of(record, "card");
    }

    /**
     * To whom a card may have been shown where the hub makes the entities, durable before the
     * request: a registration that is never finished keeps its cards until they are hidden.
     */
    String shownTo() {
        return of(record, "shownTo");
    }

    String finish() {
        return of(record, "finish");
    }

    String activity() {
        return of(record, "activity");
    }

    String transcript() {
        return of(record, "transcript");
    }
}
