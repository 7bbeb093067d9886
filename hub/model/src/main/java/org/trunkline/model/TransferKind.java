package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a call was handed over (rule X1). */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum TransferKind {
    /** At once, without asking. */
    BLIND,
    /** After a word with the one who takes over. */
    ATTENDED
}
