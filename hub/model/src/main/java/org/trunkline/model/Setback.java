package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Why a call that somebody began in a CRM did not become a talk (rules T17, T19). */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum Setback {
    /** The function is switched off (O20, O21). */
    OFF,
    /** Whoever clicked is no mapped employee. */
    NOT_MAPPED,
    /** The employee has no phone that could ring. */
    NO_PHONE,
    EMPLOYEE_BUSY,
    EMPLOYEE_NO_ANSWER,
    /** What was clicked is no number that can be dialled. */
    WRONG_NUMBER,
    CLIENT_BUSY,
    CLIENT_NO_ANSWER,
    /** The PBX could not put it through to the client. */
    CLIENT_NOT_REACHED,
    /** The PBX, or the hub's part for it, is away. */
    PBX_AWAY,
    /** The PBX did not take the command. */
    PBX_REFUSED,
    /** Nobody knows what became of the command: the hub or its line fell in between. */
    LOST;

    /** Whether the client's phone was tried at all. */
    public boolean afterEmployee() {
        return this == CLIENT_BUSY || this == CLIENT_NO_ANSWER || this == CLIENT_NOT_REACHED;
    }
}
