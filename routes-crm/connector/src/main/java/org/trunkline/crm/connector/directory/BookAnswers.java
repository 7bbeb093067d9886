package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;

/** What the phone book may say in the portal's place (rule X7, decision 0014). */
public final class BookAnswers {

    private final PhoneBook book;
    private final BookRecord record;
    private final Clock clock;

    public BookAnswers(PhoneBook book, DirectoryNotes notes, Clock clock) {
        this.book = book;
        this.record = new BookRecord(book, notes);
        this.clock = clock;
    }

    /**
     * The client, if the book is sure enough that nothing is doubled by it.
     *
     * @param openMatters whether a client without an open deal or lead would get one: then only one
     *     who has one is answered from the book
     * @return empty: ask the portal
     */
    public Optional<Client> certain(
            String company,
            Portal portal,
            PhoneNumber number,
            boolean openMatters,
            BookTimes times) {
        if (times.off()) {
            return Optional.empty();
        }
        BookProgress progress = record.read(company, portal);
        if (!progress.current(clock.instant(), times)) {
            return Optional.empty();
        }
        return Optional.of(book.find(company, portal.id(), number))
                .filter(Client::known)
                .filter(client -> !openMatters || client.open().isPresent());
    }
}
