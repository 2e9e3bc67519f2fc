package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;

/** Addition, subtraction, multiplication, division and remainder of two columns. */
final class Arithmetic {

    /** What is computed. */
    enum Operation {
        ADD('+'),
        SUBTRACT('-'),
        MULTIPLY('*'),
        DIVIDE('/'),
        MODULO('%');

        private final char symbol;

        Operation(char symbol) {
            this.symbol = symbol;
        }

        char symbol() {
            return symbol;
        }
    }

    private Arithmetic() {}

    /** A result of a type of numbers or times; the sides lie in the kind of array that it lies in. */
    static Kernel of(Operation operation, ValueType type, Kernel left, Kernel right) {
        return type == ValueType.DOUBLE
                ? new Doubles(operation, (DoubleKernel) left, (DoubleKernel) right)
                : new Longs(type, operation, (LongKernel) left, (LongKernel) right);
    }

    /** A product with -1 for doubles, since 0.0 - 0.0 is not -0.0. */
    static Kernel negate(Kernel argument) {
        return argument.type() == ValueType.DOUBLE
                ? of(Operation.MULTIPLY, ValueType.DOUBLE, argument, DoubleKernel.constant(-1))
                : of(Operation.SUBTRACT, ValueType.LONG, LongKernel.constant(ValueType.LONG, 0), argument);
    }

    /** Checked arithmetic on longs, timestamps and durations: overflow and division by zero are faults of their row. */
    private static final class Longs extends LongKernel {

        private final Operation operation;
        private final LongKernel left;
        private final LongKernel right;

        Longs(ValueType type, Operation operation, LongKernel left, LongKernel right) {
            super(type);
            this.operation = operation;
            this.left = left;
            this.right = right;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            long[] a = left.evaluate(rows, faults);
            long[] b = right.evaluate(rows, faults);
            long[] out = scratch(rows);
            switch (operation) {
                case ADD -> add(rows, a, b, out, faults);
                case SUBTRACT -> subtract(rows, a, b, out, faults);
                case MULTIPLY -> multiply(rows, a, b, out, faults);
                case DIVIDE -> divide(rows, a, b, out, faults);
                case MODULO -> modulo(rows, a, b, out, faults);
            }
            if (type() != ValueType.LONG) {
                refuseOutOfRange(rows, out, faults);
            }
            return out;
        }

        /** A division may fault, and takes its time. */
        @Override
        boolean cheap() {
            return operation != Operation.DIVIDE && operation != Operation.MODULO && left.cheap() && right.cheap();
        }

        private void refuseOutOfRange(Rows rows, long[] values, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                if (!TimeValues.fits(type(), values[row])) {
                    faults.add(row, this, TimeValues.outOfRange(type(), values[row]));
                }
            }
        }

        private void add(Rows rows, long[] a, long[] b, long[] out, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                long sum = a[row] + b[row];
                out[row] = sum;
                if (((a[row] ^ sum) & (b[row] ^ sum)) < 0) {
                    overflow(row, a, b, faults);
                }
            }
        }

        private void subtract(Rows rows, long[] a, long[] b, long[] out, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                long difference = a[row] - b[row];
                out[row] = difference;
                if (((a[row] ^ b[row]) & (a[row] ^ difference)) < 0) {
                    overflow(row, a, b, faults);
                }
            }
        }

        private void multiply(Rows rows, long[] a, long[] b, long[] out, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                long product = a[row] * b[row];
                out[row] = product;
                if (Math.multiplyHigh(a[row], b[row]) != product >> 63) {
                    overflow(row, a, b, faults);
                }
            }
        }

        private void divide(Rows rows, long[] a, long[] b, long[] out, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = divisible(row, a, b, faults) ? a[row] / b[row] : 0;
            }
        }

        private void modulo(Rows rows, long[] a, long[] b, long[] out, Faults faults) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = divisible(row, a, b, faults) ? a[row] % b[row] : 0;
            }
        }

        private boolean divisible(int row, long[] a, long[] b, Faults faults) {
            if (b[row] == 0) {
                faults.add(row, this, a[row] + " " + operation.symbol + " 0 is a division by zero");
                return false;
            }
            if (b[row] == -1 && a[row] == Long.MIN_VALUE && operation == Operation.DIVIDE) {
                overflow(row, a, b, faults);
                return false;
            }
            return true;
        }

        private void overflow(int row, long[] a, long[] b, Faults faults) {
            faults.add(row, this, a[row] + " " + operation.symbol + " " + b[row] + " does not fit into 64 bits");
        }
    }

    /** IEEE arithmetic on doubles; it has no faults: division by zero is infinity or NaN. */
    private static final class Doubles extends DoubleKernel {

        private final Operation operation;
        private final DoubleKernel left;
        private final DoubleKernel right;

        Doubles(Operation operation, DoubleKernel left, DoubleKernel right) {
            this.operation = operation;
            this.left = left;
            this.right = right;
        }

        @Override
        double[] evaluate(Rows rows, Faults faults) {
            double[] a = left.evaluate(rows, faults);
            double[] b = right.evaluate(rows, faults);
            double[] out = scratch(rows);
            switch (operation) {
                case ADD -> add(rows, a, b, out);
                case SUBTRACT -> subtract(rows, a, b, out);
                case MULTIPLY -> multiply(rows, a, b, out);
                case DIVIDE -> divide(rows, a, b, out);
                case MODULO -> throw new IllegalStateException("CEL has no remainder of doubles");
            }
            return out;
        }

        @Override
        boolean cheap() {
            return left.cheap() && right.cheap();
        }

        private static void add(Rows rows, double[] a, double[] b, double[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] + b[row];
            }
        }

        private static void subtract(Rows rows, double[] a, double[] b, double[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] - b[row];
            }
        }

        private static void multiply(Rows rows, double[] a, double[] b, double[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] * b[row];
            }
        }

        private static void divide(Rows rows, double[] a, double[] b, double[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] / b[row];
            }
        }
    }
}
