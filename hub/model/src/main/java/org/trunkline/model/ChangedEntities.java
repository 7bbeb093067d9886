package org.trunkline.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What another telephony, whoever runs it, changed during a call gets these texts (rule O7). What
 * was not changed is left alone, and nothing is made.
 *
 * @param from a client's entities that were changed since then
 * @param to until then
 * @param fields CRM text fields by their codes
 * @param firstCommunication filled only where it is empty
 */
public record ChangedEntities(
        PhoneNumber client,
        Instant from,
        Instant to,
        Map<String, String> fields,
        Optional<FirstCommunication> firstCommunication) {

    /** The CRM's field for the id of the first communication, by its code. */
    public record FirstCommunication(String field, String id) {}
}
