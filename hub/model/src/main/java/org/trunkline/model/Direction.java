package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Which way a call goes, seen from the company. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum Direction {
    INBOUND,
    OUTBOUND,
    /** Between employees: a call of its own that no CRM hears of. */
    INTERNAL
}
