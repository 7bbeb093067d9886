package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** The PBXs that the hub speaks with. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum PbxKind {
    ASTERISK
}
