package io.strandline.engine.connector.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * Tells rows that a database will never take from a database that does not take any now, by the class of the SQLSTATE
 * (ISO/IEC 9075-2, table "SQLSTATE class and subclass values").
 */
final class Refusal {

    /** Data exceptions, violated constraints, violated check options. */
    private static final Set<String> FOR_GOOD = Set.of("22", "23", "44");

    private Refusal() {}

    /** Whether the same row would be refused again. */
    static boolean isForGood(SQLException refusal) {
        for (SQLException at = refusal; at != null; at = at.getNextException()) {
            String state = at.getSQLState();
            if (state != null && state.length() == 5) {
                return FOR_GOOD.contains(state.substring(0, 2));
            }
        }
        return false;
    }

    /** What the database says, in one line. */
    static String describe(SQLException refusal) {
        SQLException next = refusal.getNextException();
        String message = text(next == null ? refusal : next);
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String text(SQLException refusal) {
        String message = refusal.getMessage();
        return (message == null ? refusal.getClass().getSimpleName() : message) + " (SQLSTATE " + refusal.getSQLState()
                + ")";
    }
}
