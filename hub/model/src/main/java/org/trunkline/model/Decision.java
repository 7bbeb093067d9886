package org.trunkline.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one CRM should hold of one call, and why (rule X5).
 *
 * @param records what should be there; empty for a call that the CRM should not hear of
 * @param entities what the client should have; empty: the hub makes and changes none
 * @param notices what employees should have been told by now
 * @param changed what another telephony's entities get; nothing else is wanted then
 * @param changesAt when the clock alone will change this decision (O12, I3); empty: it will not
 * @param parts each choice and each omission with its reason
 */
public record Decision(
        List<CallRecord> records,
        Optional<WantedEntities> entities,
        List<Notice> notices,
        Optional<ChangedEntities> changed,
        Optional<Instant> changesAt,
        List<Part> parts) {

    /** Where the CRM should hear of nothing. */
    public static Decision nothing(List<Part> parts) {
        return new Decision(
                List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), parts);
    }

    /**
     * One choice or one omission.
     *
     * @param record key of the record that it is about; empty: the call as a whole
     * @param what such as {@code record}, {@code card}, {@code responsible}
     * @param value what was chosen; {@code nothing} for an omission
     * @param rule id in docs/features.md
     * @param setting JSON Pointer into the integration's settings; empty where no setting had a say
     * @param reason for people
     */
    public record Part(
            Optional<String> record,
            String what,
            String value,
            String rule,
            String setting,
            String reason) {

        /** Of the call as a whole. */
        public Part(String what, String value, String rule, String setting, String reason) {
            this(Optional.empty(), what, value, rule, setting, reason);
        }

        /** The same of one record. */
        public Part of(String recordKey) {
            return new Part(Optional.of(recordKey), what, value, rule, setting, reason);
        }
    }
}
