package io.strandline.engine.connector.jdbc;

import java.util.List;
import javax.sql.DataSource;

/**
 * Which table rows go to, and how.
 *
 * @param database where connections come from; a failed one is tried again
 * @param table its name, with the schema before a dot if need be
 * @param keys columns under a unique constraint, whose newest row takes the place of the one before; empty to add every row
 */
public record JdbcTarget(DataSource database, String table, List<String> keys) {

    public JdbcTarget {
        keys = List.copyOf(keys);
    }
}
