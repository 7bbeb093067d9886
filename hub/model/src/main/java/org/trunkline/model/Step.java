package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.Optional;

/**
 * One thing done, or to be done, in the CRM for one call.
 *
 * @param name unique within (integration, call), such as {@code register}
 * @param crmId the CRM's id of what the step made
 * @param attempts how often it was begun
 */
public record Step(
        String name, State state, Optional<String> crmId, int attempts, Optional<String> error) {

    /** How far a step is. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum State {
        /** Begun; nothing is known to have happened. */
        PENDING,
        DONE,
        /** The request may or may not have arrived: the CRM is asked before it is repeated. */
        AMBIGUOUS,
        FAILED
    }
}
