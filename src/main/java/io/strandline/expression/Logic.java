package io.strandline.expression;

/**
 * {@code &&} and {@code ||} as CEL defines them: one side that decides the result absorbs a fault of the other, whichever
 * side it is on. The right side is evaluated only at the rows that the left side leaves open.
 */
final class Logic extends LongKernel {

    private final LongKernel left;
    private final LongKernel right;
    private final long deciding;
    private final Rows open = new Rows();
    private final Faults leftFaults = new Faults();
    private final Faults rightFaults = new Faults();

    private Logic(LongKernel left, LongKernel right, long deciding) {
        super(ValueType.BOOLEAN);
        this.left = left;
        this.right = right;
        this.deciding = deciding;
    }

    static Logic and(LongKernel left, LongKernel right) {
        return new Logic(left, right, 0);
    }

    static Logic or(LongKernel left, LongKernel right) {
        return new Logic(left, right, 1);
    }

    @Override
    long[] evaluate(Rows rows, Faults faults) {
        long[] a = left.evaluate(rows, leftFaults.clear());
        long[] out = scratch(rows);
        open.noneOf(rows);
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.at(k);
            out[row] = deciding;
            if (a[row] != deciding || leftFaults.has(row)) {
                open.add(row);
            }
        }
        if (open.count() > 0) {
            evaluateRight(out, faults);
        }
        return out;
    }

    private void evaluateRight(long[] out, Faults faults) {
        long[] b = right.evaluate(open, rightFaults.clear());
        boolean sound = leftFaults.isEmpty() && rightFaults.isEmpty();
        for (int k = 0; k < open.count(); k++) {
            int row = open.at(k);
            out[row] = b[row];
            if (!sound) {
                passFaultOn(row, b[row], faults);
            }
        }
    }

    private void passFaultOn(int row, long rightValue, Faults faults) {
        if (rightFaults.has(row)) {
            faults.add(row, leftFaults.has(row) ? leftFaults.message(row) : rightFaults.message(row));
        } else if (rightValue != deciding && leftFaults.has(row)) {
            faults.add(row, leftFaults.message(row));
        }
    }
}
