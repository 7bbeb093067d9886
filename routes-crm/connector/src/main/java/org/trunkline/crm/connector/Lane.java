package org.trunkline.crm.connector;

/** Which steps go first while a portal's quota is short. */
public enum Lane {
    /** A person is waiting: the card, and the registration it needs. */
    CARDS,
    /** All else: what is over does not get worse by a few seconds. */
    BACKLOG
}
