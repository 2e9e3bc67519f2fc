package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;

/** Writes rows as lines. Used by one thread. */
public interface RowFormatter {

    /** What a file begins with. */
    String header();

    /** Appends one row with its line feed. */
    void append(Batch batch, int row, StringBuilder into);
}
