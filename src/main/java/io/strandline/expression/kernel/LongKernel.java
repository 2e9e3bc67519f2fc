package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.Arrays;

/** A node whose values lie in longs. */
abstract non-sealed class LongKernel extends Kernel {

    private long[] scratch = {};

    LongKernel(ValueType type) {
        super(type);
    }

    abstract long[] evaluate(Rows rows, Faults faults);

    /** An array of its own that is long enough for the rows. */
    final long[] scratch(Rows rows) {
        if (scratch.length < rows.capacity()) {
            scratch = new long[rows.capacity()];
        }
        return scratch;
    }

    /** Reads a column. */
    static LongKernel column(ValueType type, int index) {
        return new LongKernel(type) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                return rows.in().longs(index);
            }

            @Override
            boolean cheap() {
                return true;
            }
        };
    }

    static LongKernel constant(ValueType type, long value) {
        return new LongKernel(type) {
            private long[] filled = {};

            @Override
            long[] evaluate(Rows rows, Faults faults) {
                if (filled.length < rows.capacity()) {
                    filled = new long[rows.capacity()];
                    Arrays.fill(filled, value);
                }
                return filled;
            }

            @Override
            Object constant() {
                return value;
            }

            @Override
            boolean cheap() {
                return true;
            }
        };
    }
}
