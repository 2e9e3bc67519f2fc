package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.time.DateTimeException;
import java.util.List;

/**
 * Kernels that apply a function to one row after another, for what has no loop of its own. A function that throws
 * {@link IllegalArgumentException}, {@link ArithmeticException} or {@link DateTimeException} makes a fault of that row; a
 * row whose arguments have a fault is left out.
 */
final class RowWise {

    /** A row's value of a type that lies in longs. */
    @FunctionalInterface
    interface ToLong {
        long apply(Arguments row);
    }

    /** A row's double. */
    @FunctionalInterface
    interface ToDouble {
        double apply(Arguments row);
    }

    /** A row's string. */
    @FunctionalInterface
    interface ToText {
        String apply(Arguments row);
    }

    private RowWise() {}

    static LongKernel longs(ValueType type, List<? extends Kernel> arguments, ToLong function) {
        return new Longs(type, new Arguments(arguments), function);
    }

    static DoubleKernel doubles(List<? extends Kernel> arguments, ToDouble function) {
        return new Doubles(new Arguments(arguments), function);
    }

    static ObjectKernel texts(List<? extends Kernel> arguments, ToText function) {
        return new Texts(new Arguments(arguments), function);
    }

    /** A kernel of a function that reads the columns itself, and whose values are objects. */
    static Kernel reading(ValueType type, Kernels.RowFunction function) {
        List<Kernel> none = List.of();
        return switch (type.physical()) {
            case LONGS -> longs(type, none, row -> (Long) function.apply(row.in(), row.index()));
            case DOUBLES -> doubles(none, row -> (Double) function.apply(row.in(), row.index()));
            case OBJECTS -> texts(none, row -> (String) function.apply(row.in(), row.index()));
        };
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** For values that lie in longs. */
    private static final class Longs extends LongKernel {

        private final Arguments arguments;
        private final ToLong function;

        Longs(ValueType type, Arguments arguments, ToLong function) {
            super(type);
            this.arguments = arguments;
            this.function = function;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            arguments.evaluate(rows, faults);
            long[] out = scratch(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = 0;
                if (!faults.has(row)) {
                    try {
                        out[row] = function.apply(arguments.at(row));
                    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                        faults.add(row, this, message(e));
                    }
                }
            }
            return out;
        }
    }

    /** For doubles. */
    private static final class Doubles extends DoubleKernel {

        private final Arguments arguments;
        private final ToDouble function;

        Doubles(Arguments arguments, ToDouble function) {
            this.arguments = arguments;
            this.function = function;
        }

        @Override
        double[] evaluate(Rows rows, Faults faults) {
            arguments.evaluate(rows, faults);
            double[] out = scratch(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = 0;
                if (!faults.has(row)) {
                    try {
                        out[row] = function.apply(arguments.at(row));
                    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                        faults.add(row, this, message(e));
                    }
                }
            }
            return out;
        }
    }

    /** For strings. */
    private static final class Texts extends ObjectKernel {

        private final Arguments arguments;
        private final ToText function;

        Texts(Arguments arguments, ToText function) {
            this.arguments = arguments;
            this.function = function;
        }

        @Override
        Object[] evaluate(Rows rows, Faults faults) {
            arguments.evaluate(rows, faults);
            Object[] out = scratch(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = "";
                if (!faults.has(row)) {
                    try {
                        out[row] = function.apply(arguments.at(row));
                    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                        faults.add(row, this, message(e));
                    }
                }
            }
            return out;
        }
    }
}
