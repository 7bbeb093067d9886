package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How one attempt to connect one employee ended. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum LegResult {
    ANSWERED,
    /** It rang in vain until a time-out, or the employee could not be reached. */
    MISSED,
    /** The employee was busy or declined. */
    BUSY,
    /** Ringing stopped from outside: somebody else took the call, or the caller gave up. */
    CANCELLED
}
