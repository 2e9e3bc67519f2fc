package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.List;

/** Equality and order of two kernels of one type; the left one is evaluated first, as CEL does. */
final class Comparison {

    /** Which relation is tested. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    private Comparison() {}

    static LongKernel of(Relation relation, Kernel left, Kernel right) {
        if (left instanceof LongKernel a && right instanceof LongKernel b) {
            return new Longs(relation, a, b);
        }
        if (left instanceof DoubleKernel a && right instanceof DoubleKernel b) {
            return new Doubles(relation, a, b);
        }
        return texts(relation, left, right);
    }

    /** Whether a boolean kernel is false. */
    static LongKernel not(Kernel argument) {
        return of(Relation.EQUAL, argument, LongKernel.constant(ValueType.BOOLEAN, 0));
    }

    /** Compares strings by their UTF-16 units. */
    private static LongKernel texts(Relation relation, Kernel left, Kernel right) {
        RowWise.ToLong holds = switch (relation) {
            case EQUAL -> row -> row.text(0).equals(row.text(1)) ? 1 : 0;
            case NOT_EQUAL -> row -> row.text(0).equals(row.text(1)) ? 0 : 1;
            case LESS -> row -> row.text(0).compareTo(row.text(1)) < 0 ? 1 : 0;
            case LESS_OR_EQUAL -> row -> row.text(0).compareTo(row.text(1)) <= 0 ? 1 : 0;
            case GREATER -> row -> row.text(0).compareTo(row.text(1)) > 0 ? 1 : 0;
            case GREATER_OR_EQUAL -> row -> row.text(0).compareTo(row.text(1)) >= 0 ? 1 : 0;
        };
        return RowWise.longs(ValueType.BOOLEAN, List.of(left, right), holds);
    }

    /** Compares longs, booleans, timestamps and durations, which all have one order. */
    private static final class Longs extends LongKernel {

        private final Relation relation;
        private final LongKernel left;
        private final LongKernel right;

        Longs(Relation relation, LongKernel left, LongKernel right) {
            super(ValueType.BOOLEAN);
            this.relation = relation;
            this.left = left;
            this.right = right;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            long[] a = left.evaluate(rows, faults);
            long[] b = right.evaluate(rows, faults);
            long[] out = scratch(rows);
            switch (relation) {
                case EQUAL -> equal(rows, a, b, out, 1);
                case NOT_EQUAL -> equal(rows, a, b, out, 0);
                case LESS -> less(rows, a, b, out, 1);
                case LESS_OR_EQUAL -> less(rows, b, a, out, 0);
                case GREATER -> less(rows, b, a, out, 1);
                case GREATER_OR_EQUAL -> less(rows, a, b, out, 0);
            }
            return out;
        }

        @Override
        boolean cheap() {
            return left.cheap() && right.cheap();
        }

        private static void equal(Rows rows, long[] a, long[] b, long[] out, long ifEqual) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] == b[row] ? ifEqual : 1 - ifEqual;
            }
        }

        private static void less(Rows rows, long[] a, long[] b, long[] out, long ifLess) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] < b[row] ? ifLess : 1 - ifLess;
            }
        }
    }

    /** Compares doubles as IEEE does: NaN equals nothing and is neither less nor more than anything. */
    private static final class Doubles extends LongKernel {

        private final Relation relation;
        private final DoubleKernel left;
        private final DoubleKernel right;

        Doubles(Relation relation, DoubleKernel left, DoubleKernel right) {
            super(ValueType.BOOLEAN);
            this.relation = relation;
            this.left = left;
            this.right = right;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            double[] a = left.evaluate(rows, faults);
            double[] b = right.evaluate(rows, faults);
            long[] out = scratch(rows);
            switch (relation) {
                case EQUAL -> equal(rows, a, b, out, 1);
                case NOT_EQUAL -> equal(rows, a, b, out, 0);
                case LESS -> less(rows, a, b, out);
                case LESS_OR_EQUAL -> lessOrEqual(rows, a, b, out);
                case GREATER -> less(rows, b, a, out);
                case GREATER_OR_EQUAL -> lessOrEqual(rows, b, a, out);
            }
            return out;
        }

        @Override
        boolean cheap() {
            return left.cheap() && right.cheap();
        }

        private static void equal(Rows rows, double[] a, double[] b, long[] out, long ifEqual) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] == b[row] ? ifEqual : 1 - ifEqual;
            }
        }

        private static void less(Rows rows, double[] a, double[] b, long[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] < b[row] ? 1 : 0;
            }
        }

        private static void lessOrEqual(Rows rows, double[] a, double[] b, long[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] <= b[row] ? 1 : 0;
            }
        }
    }
}
