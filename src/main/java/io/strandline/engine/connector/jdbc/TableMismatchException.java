package io.strandline.engine.connector.jdbc;

import java.io.IOException;

/** A table is not there, or cannot take the rows. */
public final class TableMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    TableMismatchException(String message) {
        super(message);
    }
}
