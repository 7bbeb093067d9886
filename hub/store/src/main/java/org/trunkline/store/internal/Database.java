package org.trunkline.store.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;

/**
 * The way to the tables. There only while the data source is, so that all above it comes and goes
 * with it.
 */
@Component(service = Database.class)
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How often work is done that the database broke off only because of a rival. */
    private static final int MOST_TRIES = 4;

    private final Connections connections;
    private final boolean shared;

    @Activate
    public Database(
            @Reference(target = "(osgi.jndi.service.name=trunkline)") DataSource source,
            @Reference Tables upToDate) {
        this(source, upToDate.shared());
    }

    /** On tables that are up to date. */
    Database(DataSource source, boolean shared) {
        this.connections = new Connections(source);
        this.shared = shared;
    }

    /** Whether other hubs may use it too. */
    boolean shared() {
        return shared;
    }

    /** What is done on one connection. */
    @FunctionalInterface
    interface Task<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Runs a task as one transaction: done whole, or not at all. May run it again after a deadlock,
     * so a task must not touch anything outside.
     *
     * @throws Fault see {@link SqlFaults}
     */
    <T> T transaction(Task<T> task) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connections.open()) {
                return connections.watched(connection, () -> committed(connection, task));
            } catch (SQLException e) {
                if (attempt == MOST_TRIES || !SqlFaults.rivalry(e)) {
                    throw SqlFaults.of(e);
                }
                LOG.debug(
                        "Transaction broken off by a rival, trying again: {}", SqlFaults.words(e));
            }
        }
    }

    /**
     * Runs a single statement.
     *
     * @throws Fault see {@link SqlFaults}
     */
    <T> T run(Task<T> statement) {
        try (Connection connection = connections.open()) {
            return connections.watched(connection, () -> statement.run(new Session(connection)));
        } catch (SQLException e) {
            throw SqlFaults.of(e);
        }
    }

    private static <T> T committed(Connection connection, Task<T> task) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T outcome = task.run(new Session(connection));
            connection.commit();
            return outcome;
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
