package org.trunkline.store.internal;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.store.PortalNotes;

/** Table {@code portal_note}. */
@Component(service = {PortalNotes.class, JdbcPortalNotes.class})
public final class JdbcPortalNotes implements PortalNotes {

    private static final String FIND =
            """
            select note, written_at from portal_note
            where company = ? and portal = ? and name = ?""";

    private static final String UPDATE =
            """
            update portal_note set note = ?, written_at = ?
            where company = ? and portal = ? and name = ?""";

    private static final String INSERT =
            """
            insert into portal_note (note, written_at, company, portal, name)
            values (?, ?, ?, ?, ?)
            on conflict do nothing""";

    private final Database database;
    private final JdbcLeases leases;
    private final Clock clock;

    @Activate
    public JdbcPortalNotes(@Reference Database database, @Reference JdbcLeases leases) {
        this(database, leases, Clock.systemUTC());
    }

    JdbcPortalNotes(Database database, JdbcLeases leases, Clock clock) {
        this.database = database;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public Optional<Note> find(String company, String portal, String name) {
        return database.run(
                session ->
                        session.first(
                                FIND,
                                row ->
                                        new Note(
                                                row.getString("note"),
                                                Session.instant(row, "written_at")),
                                company,
                                portal,
                                name));
    }

    @Override
    public void put(String company, String portal, String name, String text) {
        database.transaction(
                session -> {
                    leases.fence(session, company);
                    return put(session, company, portal, name, text);
                });
    }

    /** Within a transaction that was fenced. */
    int put(Session session, String company, String portal, String name, String text)
            throws SQLException {
        Object[] values = {text, clock.instant(), company, portal, name};
        int there = session.update(UPDATE, values);
        return there > 0 ? there : session.update(INSERT, values);
    }
}
