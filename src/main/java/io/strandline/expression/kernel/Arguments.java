package io.strandline.expression.kernel;

import io.strandline.expression.Columns;
import java.util.List;

/** The arguments of one call, evaluated for many rows and read row by row. */
final class Arguments {

    private final Kernel[] kernels;
    private final long[][] longs;
    private final double[][] doubles;
    private final Object[][] objects;
    private Columns in = Rows.NONE;
    private int row;

    Arguments(List<? extends Kernel> kernels) {
        this.kernels = kernels.toArray(Kernel[]::new);
        this.longs = new long[kernels.size()][];
        this.doubles = new double[kernels.size()][];
        this.objects = new Object[kernels.size()][];
    }

    void evaluate(Rows rows, Faults faults) {
        in = rows.in();
        for (int i = 0; i < kernels.length; i++) {
            if (kernels[i] instanceof LongKernel kernel) {
                longs[i] = kernel.evaluate(rows, faults);
            } else if (kernels[i] instanceof DoubleKernel kernel) {
                doubles[i] = kernel.evaluate(rows, faults);
            } else if (kernels[i] instanceof ObjectKernel kernel) {
                objects[i] = kernel.evaluate(rows, faults);
            }
        }
    }

    /** Moves to a row. */
    Arguments at(int index) {
        row = index;
        return this;
    }

    /** The row's columns. */
    Columns in() {
        return in;
    }

    /** The row's index in them. */
    int index() {
        return row;
    }

    /** How many arguments there are. */
    int count() {
        return kernels.length;
    }

    /** Argument i of type LONG, BOOLEAN, TIMESTAMP or DURATION. */
    long number(int i) {
        return longs[i][row];
    }

    /** Argument i of type DOUBLE. */
    double real(int i) {
        return doubles[i][row];
    }

    /** Argument i of type STRING. */
    String text(int i) {
        return (String) objects[i][row];
    }
}
