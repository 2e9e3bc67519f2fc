package io.strandline.expression.kernel;

import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.EvaluationException;
import io.strandline.expression.ValueType;

/** Asks a tree of kernels for all rows of a batch, and makes an exception of the faults that are left at the end. */
final class RootKernel implements ColumnKernel {

    private final String text;
    private final Kernel root;
    private final Rows rows = new Rows();
    private final Faults faults = new Faults();

    RootKernel(String text, Kernel root) {
        this.text = text;
        this.root = root;
    }

    @Override
    public ValueType type() {
        return root.type();
    }

    @Override
    public long[] longs(Columns in, int size) {
        if (!(root instanceof LongKernel kernel)) {
            throw wrongKind("long[]");
        }
        long[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        return result;
    }

    @Override
    public double[] doubles(Columns in, int size) {
        if (!(root instanceof DoubleKernel kernel)) {
            throw wrongKind("double[]");
        }
        double[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        return result;
    }

    @Override
    public Object[] objects(Columns in, int size) {
        if (!(root instanceof ObjectKernel kernel)) {
            throw wrongKind("Object[]");
        }
        Object[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        return result;
    }

    @Override
    public int select(Columns in, int size, int[] selected) {
        if (root.type() != ValueType.BOOLEAN) {
            throw wrongKind("selection");
        }
        if (selected.length < size) {
            throw new IllegalArgumentException(size + " rows need a longer selection than " + selected.length);
        }
        long[] holds = longs(in, size);
        int count = 0;
        for (int row = 0; row < size; row++) {
            selected[count] = row;
            count += (int) holds[row];
        }
        return count;
    }

    private void refuseFaults() {
        if (!faults.isEmpty()) {
            throw new EvaluationException(text, faults.all());
        }
    }

    private IllegalStateException wrongKind(String wanted) {
        return new IllegalStateException("'" + text + "' is " + root.type().wireName() + ", which is no " + wanted);
    }
}
