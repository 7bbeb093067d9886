package org.trunkline.store;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.Fault;

/** What a connector keeps of a portal and would have to ask for again: a few texts by name. */
public interface PortalNotes {

    /** A text, and when it was written. */
    record Note(String text, Instant writtenAt) {}

    Optional<Note> find(String company, String portal, String name);

    /**
     * Writes one, in place of what was there.
     *
     * @throws Fault.Retryable if the store can't be written, or another hub serves the company
     */
    void put(String company, String portal, String name, String text);
}
