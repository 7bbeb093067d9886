package org.trunkline.store.internal;

import java.sql.SQLException;
import java.util.Set;
import org.trunkline.model.Fault;

/** Sorts what a database says by what helps. */
final class SqlFaults {

    private static final int MOST_WORDS = 300;

    /** Deadlock and serialisation (both), lock time-out and concurrent update (H2). */
    private static final Set<String> RIVALRY = Set.of("40001", "40P01", "HYT00", "90131");

    /** SQLSTATE classes of mistakes in a statement or in the schema: feature, syntax, rights. */
    private static final Set<String> MISTAKES = Set.of("07", "0A", "21", "23", "42");

    private SqlFaults() {}

    /** Whether the same work would likely pass now. */
    static boolean rivalry(SQLException e) {
        return RIVALRY.contains(state(cause(e)));
    }

    /**
     * The fault to throw: {@link Fault.Data} for values that a column can't take, {@link
     * IllegalStateException} for what only a change of program or schema cures, else {@link
     * Fault.Retryable} – an unknown trouble rather waits than loses what is to be stored.
     */
    static RuntimeException of(SQLException e) {
        SQLException cause = cause(e);
        String kind = state(cause).substring(0, 2);
        if (kind.equals("22")) {
            return new Fault.Data(
                    "the database can't hold a value: " + words(cause),
                    "shorten or correct what was sent");
        }
        if (MISTAKES.contains(kind)) {
            return new IllegalStateException("the database refused: " + words(cause), cause);
        }
        return new Fault.Retryable("the database can't be used now: " + words(cause), cause);
    }

    /** The database's own words, without the statement and its values. */
    static String words(SQLException e) {
        String message = String.valueOf(cause(e).getMessage()).lines().findFirst().orElse("");
        return message.substring(0, Math.min(MOST_WORDS, message.length()));
    }

    /** A batch's own message quotes the values; what it stands for does not. */
    private static SQLException cause(SQLException e) {
        return e.getNextException() == null ? e : cause(e.getNextException());
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "??" : state;
    }
}
