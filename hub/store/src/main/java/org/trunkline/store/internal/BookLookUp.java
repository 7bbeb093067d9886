package org.trunkline.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;

/** What the phone book holds under a number, as a look-up at the portal would give it. */
final class BookLookUp {

    private static final String UNDER_NUMBER =
            """
            select e.kind, e.entity_id, e.name, e.responsible, e.is_open
            from book_number n
            join book_entry e on e.company = n.company and e.portal = n.portal
                and e.kind = n.kind and e.entity_id = n.entity_id
            where n.company = ? and n.portal = ? and n.number = ?
            order by e.entity_id""";

    private static final String DEALS_OF =
            """
            select kind, entity_id, name, responsible, is_open from book_entry
            where company = ? and portal = ? and %s = ? and kind = 'DEAL'
            order by is_open desc, entity_id desc limit 1""";

    private BookLookUp() {}

    static Client find(Session session, String company, String portal, String number)
            throws SQLException {
        List<Client.Found> hits =
                session.query(UNDER_NUMBER, BookLookUp::found, company, portal, number);
        Optional<Client.Found> contact = first(hits, EntityKind.CONTACT);
        Optional<Client.Found> firm = first(hits, EntityKind.COMPANY);
        Optional<Client.Found> ofContact =
                deal(session, company, portal, "contact_id", contact.map(Client.Found::id));
        Optional<Client.Found> ofFirm =
                deal(session, company, portal, "company_id", firm.map(Client.Found::id));
        return new Client(
                contact,
                firm,
                openElseLast(hits.stream().filter(hit -> hit.kind() == EntityKind.LEAD).toList()),
                Stream.of(ofContact, ofFirm)
                        .flatMap(Optional::stream)
                        .filter(Client.Found::open)
                        .findFirst()
                        .or(() -> ofContact.isPresent() ? ofContact : ofFirm));
    }

    private static Optional<Client.Found> first(List<Client.Found> hits, EntityKind kind) {
        return hits.stream().filter(hit -> hit.kind() == kind).findFirst();
    }

    /** Of those in order of their making. */
    private static Optional<Client.Found> openElseLast(List<Client.Found> leads) {
        return leads.stream()
                .filter(Client.Found::open)
                .reduce((earlier, later) -> later)
                .or(() -> leads.stream().reduce((earlier, later) -> later));
    }

    private static Optional<Client.Found> deal(
            Session session, String company, String portal, String owner, Optional<String> id)
            throws SQLException {
        return id.isEmpty()
                ? Optional.empty()
                : session.first(
                        DEALS_OF.formatted(owner),
                        BookLookUp::found,
                        company,
                        portal,
                        Long.valueOf(id.get()));
    }

    private static Client.Found found(ResultSet row) throws SQLException {
        return new Client.Found(
                EntityKind.valueOf(row.getString("kind")),
                Long.toString(row.getLong("entity_id")),
                row.getString("name"),
                row.getString("responsible"),
                row.getBoolean("is_open"));
    }
}
