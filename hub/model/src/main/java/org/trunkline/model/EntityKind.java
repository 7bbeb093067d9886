package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What a CRM keeps about a client. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum EntityKind {
    CONTACT,
    COMPANY,
    LEAD,
    DEAL
}
