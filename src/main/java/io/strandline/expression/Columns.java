package io.strandline.expression;

/**
 * Rows as columns, which is all that a kernel sees of a batch. The index is the column's place in the {@link RowSchema};
 * the array must be of the kind {@link ValueType#physical()} says and hold at least as many values as rows are evaluated.
 * Kernels only read.
 */
public interface Columns {

    long[] longs(int column);

    double[] doubles(int column);

    Object[] objects(int column);
}
