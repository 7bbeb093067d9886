package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.PortalNotes;

/**
 * What of ours may still wait in the tray of unsorted requests, by number: amoCRM hides its
 * contacts from every search, so that each further call of the same stranger would make one more.
 */
final class UnsortedTray {

    private final Account account;
    private final PortalNotes notes;
    private final String company;
    private final String portal;

    UnsortedTray(Account account, PortalNotes notes, String company, String portal) {
        this.account = account;
        this.notes = notes;
        this.company = company;
        this.portal = portal;
    }

    /**
     * An entry.
     *
     * @param uid the vendor's
     * @param lead the deal that it is to become
     * @param contact its contact; empty: none was told
     */
    record Entry(String uid, String lead, String contact) {

        Entity deal() {
            return new Entity(EntityKind.DEAL, lead);
        }
    }

    void put(PhoneNumber number, Entry entry) {
        notes.put(company, portal, name(number), Json.write(entry));
    }

    /**
     * The entry of this number that nobody has sorted yet.
     *
     * @throws Fault if the account can't be asked
     */
    Optional<Entry> of(PhoneNumber number) {
        return last(number).filter(this::waits);
    }

    /** The latest entry of this number, sorted or not. */
    Optional<Entry> last(PhoneNumber number) {
        return notes.find(company, portal, name(number))
                .map(note -> Json.read(note.text(), Entry.class));
    }

    /**
     * Sorts an entry: it becomes a deal in its pipeline's first working stage. Done before is done.
     *
     * @param user whose it becomes; empty: the token's owner
     * @throws Fault if the account refuses or can't be asked
     */
    void accept(Entry entry, String user) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (!user.isEmpty()) {
            body.set("user_id", Values.user(user));
        }
        Endpoint accept =
                new Endpoint(
                        "POST",
                        "/api/v4/leads/unsorted/" + entry.uid() + "/accept",
                        Endpoint.Form.ALONE,
                        "");
        account.courier().send(Parcel.of(Lane.BACKLOG, accept, body)).get(0).value();
    }

    /** Whether nobody has sorted it yet. */
    boolean waits(Entry entry) {
        try {
            JsonNode there = account.ask(Lane.BACKLOG, "/api/v4/leads/unsorted/" + entry.uid());
            return there.path("uid").asText().equals(entry.uid());
        } catch (Fault.Data sorted) {
            return false;
        }
    }

    private static String name(PhoneNumber number) {
        return "unsorted/" + number.value();
    }
}
