package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.Arrays;

/** A node whose values lie in objects, which are strings. */
abstract non-sealed class ObjectKernel extends Kernel {

    private Object[] scratch = {};

    ObjectKernel() {
        super(ValueType.STRING);
    }

    abstract Object[] evaluate(Rows rows, Faults faults);

    /** An array of its own that is long enough for the rows. */
    final Object[] scratch(Rows rows) {
        if (scratch.length < rows.capacity()) {
            scratch = new Object[rows.capacity()];
            Arrays.fill(scratch, "");
        }
        return scratch;
    }

    /** Reads a column. */
    static ObjectKernel column(int index) {
        return new ObjectKernel() {
            @Override
            Object[] evaluate(Rows rows, Faults faults) {
                return rows.in().objects(index);
            }

            @Override
            boolean cheap() {
                return true;
            }
        };
    }

    static ObjectKernel constant(String value) {
        return new ObjectKernel() {
            private Object[] filled = {};

            @Override
            Object[] evaluate(Rows rows, Faults faults) {
                if (filled.length < rows.capacity()) {
                    filled = new Object[rows.capacity()];
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
