package org.trunkline.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a CRM holds under the number of a call's client. "Lead" and "deal" are the latest ones; an
 * open one goes before one in a final state.
 */
public record Client(
        Optional<Found> contact,
        Optional<Found> company,
        Optional<Found> lead,
        Optional<Found> deal) {

    /** Nobody has this number. */
    public static final Client UNKNOWN =
            new Client(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * One entity.
     *
     * @param id the CRM's
     * @param name of the contact or company, title of the lead or deal
     * @param responsible CRM user
     * @param open not in a final state; contacts and companies always are
     */
    public record Found(
            EntityKind kind, String id, String name, String responsible, boolean open) {}

    /** All that was found, in the order of precedence (rule O11). */
    public List<Found> found() {
        return Stream.of(contact, company, lead, deal).flatMap(Optional::stream).toList();
    }

    public boolean known() {
        return !found().isEmpty();
    }

    /** A lead or deal that is not in a final state. */
    public Optional<Found> open() {
        return Stream.of(deal, lead).flatMap(Optional::stream).filter(Found::open).findFirst();
    }
}
