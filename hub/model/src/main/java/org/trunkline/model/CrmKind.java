package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** The CRMs that the hub speaks with. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum CrmKind {
    BITRIX24,
    AMOCRM
}
