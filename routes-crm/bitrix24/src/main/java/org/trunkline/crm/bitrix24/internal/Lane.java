package org.trunkline.crm.bitrix24.internal;

/** Which steps go first while a portal's quota is short. */
enum Lane {
    /** A person is waiting: the card, and the registration it needs. */
    CARDS,
    /** All else: what is over does not get worse by a few seconds. */
    BACKLOG
}
