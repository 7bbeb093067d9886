package org.trunkline.bench.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.trunkline.model.Json;

/**
 * The limit: the same rows into the same table with the same number of commits, by bare JDBC. One
 * connection and one prepared statement a writer, and the event's JSON made beforehand, so what is
 * left is what the database takes for durable rows. Nothing that keeps the hub's promise, a commit
 * before the next event is taken, can be faster. (Raw fsync would be no bound: databases commit
 * several writers with one, and H2 at WRITE_DELAY=0 writes without.)
 */
final class BareRows implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    BareRows(Site site) throws SQLException {
        connection = DriverManager.getConnection(site.url(), site.user(), "");
        connection.setAutoCommit(false);
        insert =
                connection.prepareStatement(
                        "insert into journal (company, account, call_id, call_key, native_id, event,"
                                + " received_at) values (?, ?, ?, ?, ?, ?, ?)");
    }

    Writers.Deed deed(int writer, int batch) {
        String key = "bare-" + writer;
        String event = Json.write(Told.event(key, 1));
        return () -> write(key, event, batch);
    }

    private int write(String key, String event, int batch) throws SQLException {
        for (int i = 0; i < batch; i++) {
            insert.setString(1, Told.COMPANY);
            insert.setString(2, "office");
            insert.setString(3, key);
            insert.setString(4, key);
            insert.setString(5, null);
            insert.setString(6, event);
            insert.setObject(7, OffsetDateTime.now(ZoneOffset.UTC));
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        return batch;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
