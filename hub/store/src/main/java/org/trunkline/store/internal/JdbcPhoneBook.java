package org.trunkline.store.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PortalNotes;

/**
 * Tables {@code book_entry}, {@code book_number}, {@code book_deal_contact}; the progress is a
 * portal's note.
 */
@Component(service = PhoneBook.class)
public final class JdbcPhoneBook implements PhoneBook {

    private static final String PROGRESS = "book";

    private static final String DROP_NUMBERS =
            "delete from book_number where company = ? and portal = ? and kind = ?";

    private static final String DROP_CONTACTS =
            "delete from book_deal_contact where company = ? and portal = ?";

    private static final String DROP_ENTRIES =
            "delete from book_entry where company = ? and portal = ? and kind = ?";

    private static final String STRETCH = " and entity_id > ? and entity_id <= ?";

    private static final String THESE = " and entity_id = any(?)";

    /** Another writer of the same entity may have come between: the catch-up has the last word. */
    private static final String ADD_ENTRY =
            """
            insert into book_entry (company, portal, kind, entity_id, name, responsible, is_open,
                contact_id, company_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private static final String ADD_NUMBER =
            """
            insert into book_number (company, portal, number, kind, entity_id)
            values (?, ?, ?, ?, ?)
            on conflict do nothing""";

    private static final String ADD_CONTACT =
            """
            insert into book_deal_contact (company, portal, contact_id, entity_id)
            values (?, ?, ?, ?)
            on conflict do nothing""";

    private static final String SHARING =
            """
            select distinct b.entity_id from book_number a
            join book_number b on b.company = a.company and b.portal = a.portal
                and b.number = a.number and b.kind = a.kind
            where a.company = ? and a.portal = ? and a.kind = ? and a.entity_id = any(?)""";

    private static final String SIZE =
            """
            select kind, count(*) as many from book_entry where company = ? and portal = ?
            group by kind""";

    private static final int LONGEST_NUMBER = 100;

    private final Database database;
    private final JdbcLeases leases;
    private final JdbcPortalNotes notes;

    @Activate
    public JdbcPhoneBook(
            @Reference Database database,
            @Reference JdbcLeases leases,
            @Reference JdbcPortalNotes notes) {
        this.database = database;
        this.leases = leases;
        this.notes = notes;
    }

    @Override
    public Client find(String company, String portal, PhoneNumber number) {
        return database.run(session -> BookLookUp.find(session, company, portal, number.value()));
    }

    @Override
    public void fill(String company, String portal, List<Stretch> stretches, String progress) {
        write(
                company,
                session -> {
                    for (Stretch stretch : stretches) {
                        Object[] range = {
                            company, portal, stretch.kind(), stretch.after(), stretch.upTo()
                        };
                        session.update(DROP_NUMBERS + STRETCH, range);
                        session.update(DROP_ENTRIES + STRETCH, range);
                        if (stretch.kind() == EntityKind.DEAL) {
                            session.update(
                                    DROP_CONTACTS + STRETCH,
                                    company,
                                    portal,
                                    stretch.after(),
                                    stretch.upTo());
                        }
                        add(session, company, portal, stretch.entries());
                    }
                    notes.put(session, company, portal, PROGRESS, progress);
                });
    }

    @Override
    public void take(String company, String portal, List<Entry> entries, String progress) {
        write(
                company,
                session -> {
                    replace(session, company, portal, entries);
                    notes.put(session, company, portal, PROGRESS, progress);
                });
    }

    @Override
    public void put(String company, String portal, List<Entry> entries) {
        write(company, session -> replace(session, company, portal, entries));
    }

    @Override
    public void forget(String company, String portal, EntityKind kind, Set<Long> ids) {
        write(company, session -> drop(session, company, portal, kind, ids));
    }

    @Override
    public void clear(String company, String portal, String progress) {
        write(
                company,
                session -> {
                    String all = " where company = ? and portal = ?";
                    session.update("delete from book_number" + all, company, portal);
                    session.update("delete from book_entry" + all, company, portal);
                    session.update(DROP_CONTACTS, company, portal);
                    notes.put(session, company, portal, PROGRESS, progress);
                });
    }

    private interface Writing {
        void run(Session session) throws SQLException;
    }

    private void write(String company, Writing writing) {
        database.transaction(
                session -> {
                    leases.fence(session, company);
                    writing.run(session);
                    return 0;
                });
    }

    private static void replace(Session session, String company, String portal, List<Entry> entries)
            throws SQLException {
        Map<EntityKind, Set<Long>> ids =
                entries.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Entry::kind,
                                        () -> new EnumMap<>(EntityKind.class),
                                        Collectors.mapping(Entry::id, Collectors.toSet())));
        for (Map.Entry<EntityKind, Set<Long>> one : ids.entrySet()) {
            drop(session, company, portal, one.getKey(), one.getValue());
        }
        add(session, company, portal, entries);
    }

    private static void drop(
            Session session, String company, String portal, EntityKind kind, Set<Long> ids)
            throws SQLException {
        session.update(DROP_NUMBERS + THESE, company, portal, kind, ids);
        session.update(DROP_ENTRIES + THESE, company, portal, kind, ids);
        if (kind == EntityKind.DEAL) {
            session.update(DROP_CONTACTS + THESE, company, portal, ids);
        }
    }

    private static void add(Session session, String company, String portal, List<Entry> entries)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        List<Object[]> numbers = new ArrayList<>();
        List<Object[]> contacts = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.reachable()) {
                rows.add(
                        new Object[] {
                            company,
                            portal,
                            entry.kind(),
                            entry.id(),
                            entry.name(),
                            entry.responsible(),
                            entry.open(),
                            entry.contact(),
                            entry.company()
                        });
                entry.otherContacts()
                        .forEach(
                                contact ->
                                        contacts.add(
                                                new Object[] {
                                                    company, portal, contact, entry.id()
                                                }));
                entry.numbers().stream()
                        .filter(number -> number.length() <= LONGEST_NUMBER)
                        .forEach(
                                number ->
                                        numbers.add(
                                                new Object[] {
                                                    company,
                                                    portal,
                                                    number,
                                                    entry.kind(),
                                                    entry.id()
                                                }));
            }
        }
        session.batch(ADD_ENTRY, rows);
        session.batch(ADD_NUMBER, numbers);
        session.batch(ADD_CONTACT, contacts);
    }

    @Override
    public Optional<String> progress(String company, String portal) {
        return notes.find(company, portal, PROGRESS).map(PortalNotes.Note::text);
    }

    @Override
    public Set<Long> sharing(String company, String portal, EntityKind kind, Set<Long> ids) {
        List<Long> found =
                database.run(
                        session ->
                                session.query(
                                        SHARING,
                                        row -> row.getLong("entity_id"),
                                        company,
                                        portal,
                                        kind,
                                        ids));
        Set<Long> sharing = new TreeSet<>(found);
        sharing.removeAll(ids);
        return sharing;
    }

    @Override
    public Map<EntityKind, Long> size(String company, String portal) {
        Map<EntityKind, Long> size = new EnumMap<>(EntityKind.class);
        database.run(
                session ->
                        session.query(
                                SIZE,
                                row ->
                                        size.put(
                                                EntityKind.valueOf(row.getString("kind")),
                                                row.getLong("many")),
                                company,
                                portal));
        return size;
    }
}
