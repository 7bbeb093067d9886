package org.trunkline.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.store.Work;

/** Table {@code step}: those of one (integration, call). */
final class JdbcSteps implements StepLog {

    private static final String SELECT =
            """
            select integration, name, state, crm_id, attempts, error from step
            where company = ? and call_id = ?""";

    private static final String WHERE =
            " where company = ? and call_id = ? and integration = ? and name = ?";

    private static final String INSERT =
            """
            insert into step (company, call_id, integration, name, state, attempts, changed_at)
            values (?, ?, ?, ?, 'PENDING', 0, ?)
            on conflict do nothing""";

    private final Database database;
    private final JdbcLeases leases;
    private final Work.Item item;
    private final Clock clock;

    JdbcSteps(Database database, JdbcLeases leases, Work.Item item, Clock clock) {
        this.database = database;
        this.leases = leases;
        this.item = item;
        this.clock = clock;
    }

    @Override
    public Optional<Step> step(String name) {
        return database.run(
                session ->
                        session.first(
                                SELECT + " and integration = ? and name = ?",
                                JdbcSteps::step,
                                item.company(),
                                item.call(),
                                item.integration(),
                                name));
    }

    @Override
    public void begin(String name) {
        write(name, Step.State.PENDING, ", attempts = attempts + 1");
    }

    @Override
    public void done(String name, String crmId) {
        write(name, Step.State.DONE, ", crm_id = ?, error = null", crmId);
    }

    @Override
    public void ambiguous(String name, String error) {
        write(name, Step.State.AMBIGUOUS, ", error = ?", error);
    }

    @Override
    public void failed(String name, String error) {
        write(name, Step.State.FAILED, ", error = ?", error);
    }

    private void write(String name, Step.State state, String more, String... value) {
        String sql = "update step set state = ?, changed_at = ?" + more + WHERE;
        Object[] values = new Object[6 + value.length];
        values[0] = state;
        values[1] = clock.instant();
        System.arraycopy(value, 0, values, 2, value.length);
        Object[] key = {item.company(), item.call(), item.integration(), name};
        System.arraycopy(key, 0, values, 2 + value.length, key.length);
        database.transaction(
                session -> {
                    leases.fence(session, item.company());
                    int there = session.update(sql, values);
                    if (there == 0) {
                        session.update(INSERT, key[0], key[1], key[2], key[3], clock.instant());
                        there = session.update(sql, values);
                    }
                    return there;
                });
    }

    static List<Work.Taken> taken(Database database, String company, String call) {
        return database.run(
                session ->
                        session.query(
                                SELECT + " order by integration, id",
                                row -> new Work.Taken(row.getString("integration"), step(row)),
                                company,
                                call));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getString("name"),
                Step.State.valueOf(row.getString("state")),
                Session.text(row, "crm_id"),
                row.getInt("attempts"),
                Session.text(row, "error"));
    }
}
