package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a call ended for the client. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum CallResult {
    /** An employee talked to the client. */
    ANSWERED,
    /** Inbound: nobody talked to the client. Outbound: the client did not pick up. */
    MISSED,
    /** Whoever was called was busy. */
    BUSY,
    /** Outbound: the caller gave up before an answer. */
    CANCELLED,
    /** It could not be put through: no route, refused by the provider, phone not reachable. */
    FAILED
}
