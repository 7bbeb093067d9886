package org.trunkline.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.trunkline.model.Call;
import org.trunkline.store.Work;

/** Rows of table {@code work}: how the fold wakes them, how they are read. */
final class WorkRows {

    static final String COLUMNS =
            "id, company, integration, call_id, version, lane, state, due_at, attempts, error";

    /**
     * Lanes in order of urgency; what rests lies apart, so that finding what is due stays cheap.
     */
    static final int LIVE = 0;

    static final int ENDED = 1;
    static final int DEAD = 2;
    static final int DONE = 3;

    /** The lane of a row that is to be worked on. */
    static final String LANE_OF_CALL =
            """
            (select case when c.ended then 1 else 0 end from calls c
             where c.company = work.company and c.id = work.call_id)""";

    private static final String WAKE =
            """
            update work set version = version + 1, state = 'WAITING', lane = ?, due_at = ?,
                waiting_since = case when lane > 1 or waiting_since > ? then ?
                    else waiting_since end,
                attempts = 0, error = null
            where company = ? and call_id = ?""";

    private static final String INSERT =
            """
            insert into work (company, integration, call_id, version, state, lane, due_at,
                waiting_since, attempts)
            values (?, ?, ?, 1, 'WAITING', ?, ?, ?, 0)
            on conflict do nothing""";

    private WorkRows() {}

    /**
     * Makes a call's work due.
     *
     * @param changed whether rows that exist already have anything new to do: all of them then, for
     *     a CRM that is not concerned any more may have to take something back
     * @param concerned integrations that must have a row
     * @return whether any row became due
     */
    static boolean wake(
            Session session, Call call, boolean changed, Set<String> concerned, Instant now)
            throws SQLException {
        int lane = call.ended() ? ENDED : LIVE;
        int woken = 0;
        if (changed) {
            woken += session.update(WAKE, lane, now, now, now, call.company(), call.id());
        }
        for (String integration : new TreeSet<>(concerned)) {
            woken += session.update(INSERT, call.company(), integration, call.id(), lane, now, now);
        }
        return woken > 0;
    }

    static Work.Item item(ResultSet row) throws SQLException {
        return new Work.Item(
                row.getLong("id"),
                row.getString("company"),
                row.getString("integration"),
                row.getString("call_id"),
                row.getLong("version"),
                row.getInt("lane") == LIVE,
                Work.State.valueOf(row.getString("state")),
                Session.instant(row, "due_at"),
                row.getInt("attempts"),
                Session.text(row, "error"));
    }
}
