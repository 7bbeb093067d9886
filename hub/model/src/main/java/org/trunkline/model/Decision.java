package org.trunkline.model;

import java.util.List;
import java.util.Optional;

/**
 * What one CRM should hold of one call, and why (rule X5).
 *
 * @param records what should be there; empty for a call that the CRM should not hear of
 * @param entities what the client should have; empty: the hub makes and changes none
 * @param parts each choice and each omission with its reason
 */
public record Decision(
        List<CallRecord> records, Optional<WantedEntities> entities, List<Part> parts) {

    /** Where the hub makes no entities. */
    public Decision(List<CallRecord> records, List<Part> parts) {
        this(records, Optional.empty(), parts);
    }

    /**
     * One choice or one omission.
     *
     * @param what such as {@code record}, {@code card}, {@code responsible}
     * @param value what was chosen; {@code nothing} for an omission
     * @param rule id in docs/features.md
     * @param setting JSON Pointer into the integration's settings; empty where no setting had a say
     * @param reason for people
     */
    public record Part(String what, String value, String rule, String setting, String reason) {}
}
