package org.trunkline.sandbox.bitrix;

import java.util.Optional;

/** The CRM entities that telephony touches, with the portal's type ids. */
enum EntityKind {
    LEAD(1, "STATUS_ID", "STATUS_SEMANTIC_ID"),
    DEAL(2, "STAGE_ID", "STAGE_SEMANTIC_ID"),
    CONTACT(3, "", ""),
    COMPANY(4, "", "");

    private final int typeId;
    private final String stageField;
    private final String semanticField;

    EntityKind(int typeId, String stageField, String semanticField) {
        this.typeId = typeId;
        this.stageField = stageField;
        this.semanticField = semanticField;
    }

    int typeId() {
        return typeId;
    }

    /** The field of the classic methods that holds the stage; "" = the kind has none. */
    String stageField() {
        return stageField;
    }

    String semanticField() {
        return semanticField;
    }

    boolean staged() {
        return !stageField.isEmpty();
    }

    static Optional<EntityKind> byTypeId(int typeId) {
        for (EntityKind kind : values()) {
            if (kind.typeId == typeId) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static Optional<EntityKind> byName(String name) {
        for (EntityKind kind : values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
