package io.strandline.expression;

import java.util.Arrays;

/** A node whose values are strings. */
abstract non-sealed class ObjectKernel extends Kernel {

    private Object[] scratch = {};

    ObjectKernel() {
        super(ValueType.STRING);
    }

    abstract Object[] evaluate(Rows rows, Faults faults);

    final Object[] scratch(Rows rows) {
        if (scratch.length < rows.capacity()) {
            scratch = new Object[rows.capacity()];
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
        };
    }
}
