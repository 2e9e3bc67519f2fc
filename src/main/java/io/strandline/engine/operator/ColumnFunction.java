package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;

/** Computes one column from a batch. Used by one thread. */
@FunctionalInterface
public interface ColumnFunction {

    /**
     * The values of rows 0 to size - 1: an array of the kind that the column's type asks for, which the function owns (or
     * which is a column of the batch) and which is valid until it is called again. Never written to by the caller.
     */
    Object apply(Batch batch);
}
