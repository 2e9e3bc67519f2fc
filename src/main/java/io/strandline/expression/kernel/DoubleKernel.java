package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.Arrays;

/** A node whose values lie in doubles. */
abstract non-sealed class DoubleKernel extends Kernel {

    private double[] scratch = {};

    DoubleKernel() {
        super(ValueType.DOUBLE);
    }

    abstract double[] evaluate(Rows rows, Faults faults);

    /** An array of its own that is long enough for the rows. */
    final double[] scratch(Rows rows) {
        if (scratch.length < rows.capacity()) {
            scratch = new double[rows.capacity()];
        }
        return scratch;
    }

    /** Reads a column. */
    static DoubleKernel column(int index) {
        return new DoubleKernel() {
            @Override
            double[] evaluate(Rows rows, Faults faults) {
                return rows.in().doubles(index);
            }

            @Override
            boolean cheap() {
                return true;
            }
        };
    }

    static DoubleKernel constant(double value) {
        return new DoubleKernel() {
            private double[] filled = {};

            @Override
            double[] evaluate(Rows rows, Faults faults) {
                if (filled.length < rows.capacity()) {
                    filled = new double[rows.capacity()];
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
