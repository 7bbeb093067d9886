package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.trunkline.model.Fault;

/** What became of one request. */
sealed interface Trip {

    /**
     * It was read.
     *
     * @param body missing for an empty reply
     */
    record Answered(int status, JsonNode body) implements Trip {}

    /** It was not read: others, or we, ask too often. */
    record TooMany(boolean blocked) implements Trip {}

    /** It was not read, but may go again at once with new tokens. */
    record Renewed() implements Trip {}

    /** It did not leave. */
    record Unsent(Fault fault) implements Trip {}

    /** It surely did not get there. */
    record Unreached(String why, String cure) implements Trip {}

    /** It may have got there. */
    record Lost(String why, String cure) implements Trip {}
}
