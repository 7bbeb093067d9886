package org.trunkline.crm.connector.directory;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.PhoneBook;

/** How far the phone books have come, as the store keeps it. */
public record BookRecord(PhoneBook book, DirectoryNotes notes) {

    /** None if the portal's entry leads to another portal by now, or nothing was read yet. */
    public BookProgress read(String company, Portal portal) {
        String identity = notes.identity(company, portal);
        Optional<String> written = book.progress(company, portal.id());
        try {
            return written.map(text -> Json.read(text, BookProgress.class))
                    .filter(progress -> notes.same(progress.of(), company, portal))
                    .orElseGet(() -> BookProgress.none(identity));
        } catch (IllegalArgumentException ofAnotherVersion) {
            // A book that can't be told how old it is, is read anew.
            return BookProgress.none(identity);
        }
    }

    /** Forgets what is not of this portal. */
    public void clearIfForeign(String company, Portal portal, BookProgress progress) {
        boolean nothing = progress.equals(BookProgress.none(progress.of()));
        if (nothing
                && !book.progress(company, portal.id()).equals(Optional.of(written(progress)))) {
            book.clear(company, portal.id(), written(progress));
        }
    }

    /** Forgets what was read of this portal. */
    public void clearIfBegun(String company, Portal portal, BookProgress progress) {
        BookProgress none = BookProgress.none(progress.of());
        if (!progress.equals(none)) {
            book.clear(company, portal.id(), written(none));
        }
    }

    public void write(String company, Portal portal, BookProgress progress) {
        book.take(company, portal.id(), List.of(), written(progress));
    }

    public String written(BookProgress progress) {
        return Json.write(progress);
    }
}
