package io.strandline.expression;

/**
 * Evaluates one expression over many rows, column by column. Owns its result arrays, so it belongs to one thread; after the
 * first batches nothing is allocated on paths of numbers, booleans and times. Rows for which the expression has no value
 * (division by zero, overflow, text that cannot be converted) end the call with one {@link EvaluationException} that names
 * each of them.
 *
 * <p>The arrays hold the results of rows 0 to size - 1 and maybe more elements. They are valid until the next call, may be
 * columns of the input, and must not be written to.
 */
public interface ColumnKernel {

    /** The type of the results. */
    ValueType type();

    /** The results of an expression whose type lies in longs (0 and 1 of a boolean). */
    long[] longs(Columns in, int size);

    /** The results of a double expression. */
    double[] doubles(Columns in, int size);

    /** The results of a string expression. */
    Object[] objects(Columns in, int size);

    /** Writes the indexes of the rows for which a boolean expression is true, ascending, and returns how many. */
    int select(Columns in, int size, int[] selected);
}
