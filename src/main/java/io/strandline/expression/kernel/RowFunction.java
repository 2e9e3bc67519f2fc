package io.strandline.expression.kernel;

import io.strandline.expression.Columns;

/** Computes a value from one row's columns, however it likes. */
@FunctionalInterface
public interface RowFunction {

    /**
     * The value: a {@link Long} for a type that lies in longs (0 and 1 of a boolean), a {@link Double} or a {@link String}.
     *
     * @throws IllegalArgumentException if the row has no value; the message says why
     */
    Object apply(Columns in, int row);
}
