package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Where a call stands. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum CallState {
    RINGING,
    TALKING,
    ENDED
}
