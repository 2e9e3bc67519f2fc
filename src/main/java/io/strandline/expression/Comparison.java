package io.strandline.expression;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Equality and order of two kernels of one physical kind; greater is less with its sides swapped. */
final class Comparison {

    /** Which relation is tested. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL
    }

    private Comparison() {}

    static LongKernel of(Relation relation, Kernel left, Kernel right) {
        if (left instanceof LongKernel a && right instanceof LongKernel b) {
            return new Longs(relation, a, b);
        }
        if (left instanceof DoubleKernel a && right instanceof DoubleKernel b) {
            return new Doubles(relation, a, b);
        }
        if (left instanceof ObjectKernel a && right instanceof ObjectKernel b) {
            return new Strings(relation, a, b);
        }
        throw new IllegalArgumentException("cannot compare " + left.type() + " with " + right.type());
    }

    /** Whether a boolean kernel is false. */
    static LongKernel not(LongKernel argument) {
        return new Longs(Relation.EQUAL, argument, LongKernel.constant(ValueType.BOOLEAN, 0));
    }

    /** {@code value in [constants]} as one look; null if an element is not constant or the values are doubles (NaN equals nothing). */
    static @Nullable LongKernel isOneOf(Kernel value, List<Kernel> elements) {
        if (elements.stream().anyMatch(element -> element.constant() == null)) {
            return null;
        }
        if (value instanceof LongKernel longs) {
            return among(longs, elements.stream().mapToLong(Comparison::asLong).toArray());
        }
        if (value instanceof ObjectKernel objects) {
            Set<@Nullable Object> set = new HashSet<>();
            elements.forEach(element -> set.add(element.constant()));
            return Conversion.test(objects, set::contains);
        }
        return null;
    }

    private static long asLong(Kernel constant) {
        if (constant.constant() instanceof Long value) {
            return value;
        }
        throw new IllegalArgumentException("no constant long: " + constant.constant());
    }

    private static LongKernel among(LongKernel value, long[] elements) {
        Arrays.sort(elements);
        return new LongKernel(ValueType.BOOLEAN) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                long[] values = value.evaluate(rows, faults);
                long[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    out[row] = Arrays.binarySearch(elements, values[row]) >= 0 ? 1 : 0;
                }
                return out;
            }
        };
    }

    /** Compares longs, booleans, timestamps and durations. */
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
                case LESS -> less(rows, a, b, out);
                case LESS_OR_EQUAL -> lessOrEqual(rows, a, b, out);
            }
            return out;
        }

        private static void equal(Rows rows, long[] a, long[] b, long[] out, long ifEqual) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] == b[row] ? ifEqual : 1 - ifEqual;
            }
        }

        private static void less(Rows rows, long[] a, long[] b, long[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] < b[row] ? 1 : 0;
            }
        }

        private static void lessOrEqual(Rows rows, long[] a, long[] b, long[] out) {
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = a[row] <= b[row] ? 1 : 0;
            }
        }
    }

    /** Compares doubles as IEEE does: NaN equals nothing and is not less than anything. */
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
            }
            return out;
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

    /** Compares strings by their UTF-16 units. */
    private static final class Strings extends LongKernel {

        private final Relation relation;
        private final ObjectKernel left;
        private final ObjectKernel right;

        Strings(Relation relation, ObjectKernel left, ObjectKernel right) {
            super(ValueType.BOOLEAN);
            this.relation = relation;
            this.left = left;
            this.right = right;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            Object[] a = left.evaluate(rows, faults);
            Object[] b = right.evaluate(rows, faults);
            long[] out = scratch(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = holds(a[row], b[row]) ? 1 : 0;
            }
            return out;
        }

        private boolean holds(Object a, Object b) {
            return switch (relation) {
                case EQUAL -> a.equals(b);
                case NOT_EQUAL -> !a.equals(b);
                case LESS -> ((String) a).compareTo((String) b) < 0;
                case LESS_OR_EQUAL -> ((String) a).compareTo((String) b) <= 0;
            };
        }
    }
}
