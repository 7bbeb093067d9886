package org.trunkline.pbx.mango.internal.translate;

/**
 * What a leg of Mango's is in its call. Mango does not say it, and messages overtake each other, so
 * it is read from each message alone: what needs the sight of another leg is left to the fold
 * ({@link org.trunkline.model.Fact.Continues}, {@link org.trunkline.model.Fact.Transferred}).
 */
enum Role {
    /** The client is in a menu or a queue, or nobody says whom it reached. */
    WAITING,
    /** The client is called through to an employee. */
    INBOUND,
    /** An employee calls the client. */
    OUTBOUND,
    /** An employee calls another; or hands a call over blindly, which looks the same at first. */
    INTERNAL,
    /** First half of a callback: looks inbound, for the client stands as the caller. */
    CALLBACK_TO_EMPLOYEE,
    /** Second half of a callback, with a key of its own. */
    CALLBACK_TO_CLIENT,
    /**
     * An employee asks a colleague while the client is on hold: no attempt to connect the client.
     */
    CONSULTATION;

    static Role of(CallMessage call) {
        if (call.inMenuOrQueue()) {
            return WAITING;
        }
        boolean fromEmployee = call.from().isEmployee();
        boolean toEmployee = call.to().isEmployee();
        if (call.from().takenFrom().isEmpty()) {
            if (toEmployee && call.commanded()) {
                return CALLBACK_TO_EMPLOYEE;
            }
            if (toEmployee) {
                return fromEmployee ? INTERNAL : INBOUND;
            }
            return fromEmployee ? OUTBOUND : WAITING;
        }
        if (!fromEmployee) {
            return toEmployee ? INBOUND : WAITING;
        }
        if (call.transfer().isPresent()) {
            return call.consultative() ? CONSULTATION : toEmployee ? INTERNAL : OUTBOUND;
        }
        // Since version 2 of the API a consultation says so; before that it is known by its ends.
        return call.commanded() || !toEmployee ? CALLBACK_TO_CLIENT : CONSULTATION;
    }
}
