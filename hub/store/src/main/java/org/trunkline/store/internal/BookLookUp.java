package org.trunkline.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
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

    private static final String DEALS_OF_CONTACT = DEALS_OF.formatted("contact_id");

    private static final String DEALS_OF_FIRM = DEALS_OF.formatted("company_id");

    private static final String DEALS_OF_OTHER =
            """
            select e.kind, e.entity_id, e.name, e.responsible, e.is_open
            from book_deal_contact c
            join book_entry e on e.company = c.company and e.portal = c.portal
                and e.kind = 'DEAL' and e.entity_id = c.entity_id
            where c.company = ? and c.portal = ? and c.contact_id = ?
            order by e.is_open desc, e.entity_id desc limit 1""";

    /** An open one goes before a closed one. */
    private static final Comparator<Client.Found> LATEST =
            Comparator.comparing(Client.Found::open)
                    .thenComparingLong(found -> Long.parseLong(found.id()));

    private BookLookUp() {}

    static Client find(Session session, String company, String portal, String number)
            throws SQLException {
        List<Client.Found> hits =
                session.query(UNDER_NUMBER, BookLookUp::found, company, portal, number);
        Optional<Client.Found> contact = first(hits, EntityKind.CONTACT);
        Optional<Client.Found> firm = first(hits, EntityKind.COMPANY);
        Optional<String> person = contact.map(Client.Found::id);
        Optional<Client.Found> ofContact =
                Stream.concat(
                                deal(session, company, portal, DEALS_OF_CONTACT, person).stream(),
                                deal(session, company, portal, DEALS_OF_OTHER, person).stream())
                        .max(LATEST);
        Optional<Client.Found> ofFirm =
                deal(session, company, portal, DEALS_OF_FIRM, firm.map(Client.Found::id));
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
            Session session, String company, String portal, String sql, Optional<String> owner)
            throws SQLException {
        return owner.isEmpty()
                ? Optional.empty()
                : session.first(sql, BookLookUp::found, company, portal, Long.valueOf(owner.get()));
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
