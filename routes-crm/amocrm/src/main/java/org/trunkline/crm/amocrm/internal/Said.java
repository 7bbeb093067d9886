package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.trunkline.crm.connector.Trip;

/** What an account said to one request. */
sealed interface Said extends Trip {

    /**
     * It was read.
     *
     * @param body missing for an empty reply
     */
    record Answered(int status, JsonNode body) implements Said {}

    /** It was not read: others, or we, ask too often. */
    record TooMany(boolean blocked) implements Said {}
}
