package org.trunkline.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One neutral event: a {@link Fact} in its envelope.
 *
 * @param company key of the company; every key in the hub starts with it
 * @param account key of the PBX account
 * @param callKey what the PBX groups the call under
 * @param legKey which leg the fact is about; empty for facts of the whole call
 * @param nativeId the PBX's own id of the message where it has one: the journal takes it once
 * @param sequence the PBX's order within the call; orders, never discards
 * @param occurredAt when it happened by the PBX's clock
 * @param receivedAt when the hub heard of it
 * @param nativeText what the PBX sent, for a person who wants to check
 */
public record CallEvent(
        String company,
        String account,
        String callKey,
        Optional<String> legKey,
        Optional<String> nativeId,
        long sequence,
        Instant occurredAt,
        Instant receivedAt,
        Confidence confidence,
        Fact fact,
        String nativeText) {

    public CallEvent {
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
