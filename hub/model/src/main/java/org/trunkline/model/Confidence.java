package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/**
 * How far a fact may be trusted, in rising order: a higher one replaces a lower one, whatever came
 * first (design, "The neutral call").
 */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum Confidence {
    /** Concluded from what a query showed, such as a channel that is gone after a reconnect. */
    POLLED,
    /** Told by the PBX while it happened. */
    LIVE,
    /** The PBX's own closing record, such as a CDR or a summary. */
    FINAL
}
