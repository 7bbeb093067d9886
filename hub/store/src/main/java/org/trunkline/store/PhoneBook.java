package org.trunkline.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;

/**
 * A mirror of what portals hold under their clients' numbers (rule X7), with how far it has come.
 * Whoever fills it writes entries and progress in one transaction, so a kill loses nothing.
 */
public interface PhoneBook {

    /**
     * What stands under a number: the oldest contact and company, the latest lead, and the latest
     * deal of that contact, else of that company; what is open goes before what is not.
     */
    Client find(String company, String portal, PhoneNumber number);

    /**
     * An entity of a portal.
     *
     * @param id the portal's
     * @param name of a contact or company, title of a lead or deal
     * @param responsible CRM user; empty: nobody
     * @param open not in a final state
     * @param numbers E.164 where they can be read so
     * @param contact whose deal it is
     * @param company likewise
     * @param otherContacts whose deal it is too
     */
    record Entry(
            EntityKind kind,
            long id,
            String name,
            String responsible,
            boolean open,
            Set<String> numbers,
            Optional<Long> contact,
            Optional<Long> company,
            Set<Long> otherContacts) {

        /** With one contact at most. */
        public Entry(
                EntityKind kind,
                long id,
                String name,
                String responsible,
                boolean open,
                Set<String> numbers,
                Optional<Long> contact,
                Optional<Long> company) {
            this(kind, id, name, responsible, open, numbers, contact, company, Set.of());
        }

        /** Whether a look-up could ever find it. */
        public boolean reachable() {
            return !numbers.isEmpty()
                    || kind == EntityKind.DEAL
                            && (contact.isPresent()
                                    || company.isPresent()
                                    || !otherContacts.isEmpty());
        }
    }

    /**
     * All entities of a kind whose ids lie in a range; whatever else was known of the range is
     * gone.
     *
     * @param after exclusive
     * @param upTo inclusive
     */
    record Stretch(EntityKind kind, long after, long upTo, List<Entry> entries) {}

    /**
     * Writes stretches, and how far the filling has come.
     *
     * @throws Fault.Retryable if the store can't be written, or another hub serves the company
     */
    void fill(String company, String portal, List<Stretch> stretches, String progress);

    /** Writes entries as they are now, and how far the catching up has come. */
    void take(String company, String portal, List<Entry> entries, String progress);

    /** Writes entries as they are now. */
    void put(String company, String portal, List<Entry> entries);

    /** These are not in the portal any more. */
    void forget(String company, String portal, EntityKind kind, Set<Long> ids);

    /** Forgets all of a portal. */
    void clear(String company, String portal, String progress);

    /** What was written last; empty: nothing yet. */
    Optional<String> progress(String company, String portal);

    /** Other entities of a kind that have a number in common with one of these. */
    Set<Long> sharing(String company, String portal, EntityKind kind, Set<Long> ids);

    /** How many entities there are. */
    Map<EntityKind, Long> size(String company, String portal);
}
