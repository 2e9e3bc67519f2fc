package io.strandline.expression;

/**
 * Evaluates one expression over many rows, column by column. Owns its scratch arrays, so it belongs to one thread; after
 * the first batches nothing is allocated on numeric paths. A row for which the expression has no value (division by zero,
 * overflow, text that cannot be converted) ends the call with an {@link EvaluationException} that names it.
 */
public final class ColumnKernel {

    private final String text;
    private final Kernel root;
    private final Rows rows = new Rows();
    private final Faults faults = new Faults();

    ColumnKernel(String text, Kernel root) {
        this.text = text;
        this.root = root;
    }

    public ValueType type() {
        return root.type();
    }

    /** Writes the results of rows 0 to size - 1 for a type that lies in longs (also 0 and 1 of a boolean). */
    public void longs(Columns in, int size, long[] out) {
        if (!(root instanceof LongKernel kernel)) {
            throw wrongKind("long[]");
        }
        System.arraycopy(evaluate(kernel, in, size), 0, out, 0, size);
    }

    /** Writes the results of rows 0 to size - 1 for a double expression. */
    public void doubles(Columns in, int size, double[] out) {
        if (!(root instanceof DoubleKernel kernel)) {
            throw wrongKind("double[]");
        }
        double[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        System.arraycopy(result, 0, out, 0, size);
    }

    /** Writes the results of rows 0 to size - 1 for a string expression. */
    public void objects(Columns in, int size, Object[] out) {
        if (!(root instanceof ObjectKernel kernel)) {
            throw wrongKind("Object[]");
        }
        Object[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        System.arraycopy(result, 0, out, 0, size);
    }

    /** Writes the indexes of the rows for which a boolean expression is true, ascending, and returns how many. */
    public int select(Columns in, int size, int[] selected) {
        if (root.type() != ValueType.BOOLEAN || !(root instanceof LongKernel kernel)) {
            throw wrongKind("selection");
        }
        if (selected.length < size) {
            throw new IllegalArgumentException(size + " rows need a longer selection than " + selected.length);
        }
        long[] result = evaluate(kernel, in, size);
        int count = 0;
        for (int row = 0; row < size; row++) {
            selected[count] = row;
            count += (int) result[row];
        }
        return count;
    }

    private long[] evaluate(LongKernel kernel, Columns in, int size) {
        long[] result = kernel.evaluate(rows.all(in, size), faults.clear());
        refuseFaults();
        return result;
    }

    private void refuseFaults() {
        int row = faults.firstRow();
        if (row >= 0) {
            throw new EvaluationException(text, row, faults.message(row));
        }
    }

    private IllegalStateException wrongKind(String wanted) {
        return new IllegalStateException("'" + text + "' is " + root.type().wireName() + ", which is no " + wanted);
    }
}
