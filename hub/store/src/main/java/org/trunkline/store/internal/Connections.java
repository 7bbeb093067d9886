package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Takes connections out of the pool, and dead ones out of use. */
final class Connections {

    /** Milliseconds without a word from the database after which its connection counts as dead. */
    private static final int SILENCE = 30_000;

    private static final int SECONDS_TO_ANSWER = 2;

    private final DataSource source;
    private final Optional<HikariDataSource> pool;

    Connections(DataSource source) {
        this.source = source;
        pool = source instanceof HikariDataSource hikari ? Optional.of(hikari) : Optional.empty();
    }

    /** What may fail on a connection. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws SQLException;
    }

    Connection open() throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, SILENCE);
            return connection;
        } catch (SQLException e) {
            dropIfDead(connection);
            connection.close();
            throw e;
        }
    }

    <T> T watched(Connection connection, Task<T> task) throws SQLException {
        try {
            return task.run();
        } catch (SQLException e) {
            dropIfDead(connection);
            throw e;
        }
    }

    /**
     * The pool knows a dead connection by its SQLSTATE, but not by those of H2, and does not look
     * at one that was used within the last half second: under load it would hand out dead ones for
     * ever.
     */
    private void dropIfDead(Connection connection) throws SQLException {
        if (pool.isPresent() && !connection.isClosed() && !connection.isValid(SECONDS_TO_ANSWER)) {
            pool.get().evictConnection(connection);
        }
    }
}
