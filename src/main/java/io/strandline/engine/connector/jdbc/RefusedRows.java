package io.strandline.engine.connector.jdbc;

import java.io.IOException;
import java.sql.SQLException;

/** What becomes of a row that a table will never take. */
@FunctionalInterface
interface RefusedRows {

    /**
     * Lets a row go by, or throws.
     *
     * @param row its values, by column
     * @throws io.strandline.engine.connector.RefusedRowException when it must not go by
     */
    void take(Object[] row, SQLException refusal) throws IOException;
}
