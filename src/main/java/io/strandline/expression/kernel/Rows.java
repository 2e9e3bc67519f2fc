package io.strandline.expression.kernel;

import io.strandline.expression.Columns;
import org.jspecify.annotations.Nullable;

/** The rows a kernel is asked for: all rows of a batch, or some of them by index. Reused from batch to batch. */
final class Rows {

    /** What an expression without columns reads. */
    static final Columns NONE = new Columns() {
        @Override
        public long[] longs(int column) {
            throw new IllegalStateException("no columns here");
        }

        @Override
        public double[] doubles(int column) {
            throw new IllegalStateException("no columns here");
        }

        @Override
        public Object[] objects(int column) {
            throw new IllegalStateException("no columns here");
        }
    };

    private Columns in = NONE;
    private int capacity;
    private int count;
    private int @Nullable [] indexes;

    /** One row without columns, which is enough for constants. */
    static Rows single() {
        return new Rows().all(NONE, 1);
    }

    /** Becomes rows 0 to size - 1. */
    Rows all(Columns columns, int size) {
        in = columns;
        capacity = size;
        count = size;
        indexes = null;
        return this;
    }

    /** Becomes an empty selection of the same batch as other. */
    Rows noneOf(Rows other) {
        in = other.in;
        capacity = other.capacity;
        count = 0;
        if (indexes == null || indexes.length < capacity) {
            indexes = new int[capacity];
        }
        return this;
    }

    /** Adds a row to a selection. */
    void add(int row) {
        int[] target = indexes;
        if (target == null) {
            throw new IllegalStateException("all " + count + " rows are in already");
        }
        target[count++] = row;
    }

    Columns in() {
        return in;
    }

    /** How long a result array has to be. */
    int capacity() {
        return capacity;
    }

    /** How many rows are asked for. */
    int count() {
        return count;
    }

    /** The k-th row asked for. */
    int at(int k) {
        int[] some = indexes;
        return some == null ? k : some[k];
    }
}
