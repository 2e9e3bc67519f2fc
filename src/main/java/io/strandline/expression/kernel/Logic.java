package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;

/**
 * {@code &&} and {@code ||} as CEL defines them: one side that decides the result absorbs a fault of the other, whichever
 * side it is on. A right side that is cheap is evaluated at every row; else at those that the left side leaves open.
 */
final class Logic extends LongKernel {

    private final LongKernel left;
    private final LongKernel right;
    private final long deciding;
    private final Rows open = new Rows();
    private final Faults leftFaults = new Faults();
    private final Faults rightFaults = new Faults();

    private Logic(Kernel left, Kernel right, long deciding) {
        super(ValueType.BOOLEAN);
        this.left = (LongKernel) left;
        this.right = (LongKernel) right;
        this.deciding = deciding;
    }

    static Logic and(Kernel left, Kernel right) {
        return new Logic(left, right, 0);
    }

    static Logic or(Kernel left, Kernel right) {
        return new Logic(left, right, 1);
    }

    @Override
    boolean cheap() {
        return left.cheap() && right.cheap();
    }

    @Override
    long[] evaluate(Rows rows, Faults faults) {
        long[] a = left.evaluate(rows, leftFaults.clear());
        long[] out = scratch(rows);
        if (right.cheap() && leftFaults.isEmpty()) {
            evaluateBoth(rows, a, out, faults);
        } else {
            evaluateOpen(rows, a, out, faults);
        }
        return out;
    }

    private void evaluateBoth(Rows rows, long[] a, long[] out, Faults faults) {
        long[] b = right.evaluate(rows, rightFaults.clear());
        if (deciding == 0) {
            conjoin(rows, a, b, out);
        } else {
            disjoin(rows, a, b, out);
        }
        for (int k = 0; !rightFaults.isEmpty() && k < rows.count(); k++) {
            int row = rows.at(k);
            if (a[row] == deciding) {
                out[row] = deciding;
            } else if (rightFaults.has(row)) {
                faults.add(rightFaults.at(row));
            }
        }
    }

    private static void conjoin(Rows rows, long[] a, long[] b, long[] out) {
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.at(k);
            out[row] = a[row] & b[row];
        }
    }

    private static void disjoin(Rows rows, long[] a, long[] b, long[] out) {
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.at(k);
            out[row] = a[row] | b[row];
        }
    }

    private void evaluateOpen(Rows rows, long[] a, long[] out, Faults faults) {
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
            faults.add(leftFaults.has(row) ? leftFaults.at(row) : rightFaults.at(row));
        } else if (rightValue != deciding && leftFaults.has(row)) {
            faults.add(leftFaults.at(row));
        }
    }
}
