package org.trunkline.rules;

import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.Client.Found;
import org.trunkline.model.EntityKind;

/** Clients that a CRM knows. Responsible are: contact 51, company 52, lead 53, deal 54. */
record Clients(
        Optional<Found> contact,
        Optional<Found> company,
        Optional<Found> lead,
        Optional<Found> deal) {

    static Clients of() {
        return new Clients(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Clients withContact() {
        return new Clients(found(EntityKind.CONTACT, "51", true), company, lead, deal);
    }

    Clients withCompany() {
        return new Clients(contact, found(EntityKind.COMPANY, "52", true), lead, deal);
    }

    Clients withLead(boolean open) {
        return new Clients(contact, company, found(EntityKind.LEAD, "53", open), deal);
    }

    Clients withDeal(boolean open) {
        return new Clients(contact, company, lead, found(EntityKind.DEAL, "54", open));
    }

    Client client() {
        return new Client(contact, company, lead, deal);
    }

    private static Optional<Found> found(EntityKind kind, String responsible, boolean open) {
        return Optional.of(new Found(kind, "1" + responsible, "Some " + kind, responsible, open));
    }
}
