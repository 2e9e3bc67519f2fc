package io.strandline.expression.kernel;

import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.ValueType;
import java.util.List;

/** Puts trees of kernels together: leaves, what is no function of its own, and the root that evaluates one. */
public final class Kernels {

    /** Computes a value from one row's columns, however it likes. */
    @FunctionalInterface
    public interface RowFunction {

        /**
         * The value: a {@link Long} for a type that lies in longs (0 and 1 of a boolean), a {@link Double} or a
         * {@link String}.
         *
         * @throws IllegalArgumentException if the row has no value; the message says why
         */
        Object apply(Columns in, int row);
    }

    private Kernels() {}

    /** Nothing but a column. */
    public static Kernel column(ValueType type, int index) {
        return switch (type.physical()) {
            case LONGS -> LongKernel.column(type, index);
            case DOUBLES -> DoubleKernel.column(index);
            case OBJECTS -> ObjectKernel.column(index);
        };
    }

    /** One value for every row, in the class that {@link RowFunction} names for its type. */
    public static Kernel constant(ValueType type, Object value) {
        return switch (type.physical()) {
            case LONGS -> LongKernel.constant(type, (Long) value);
            case DOUBLES -> DoubleKernel.constant((Double) value);
            case OBJECTS -> ObjectKernel.constant((String) value);
        };
    }

    /** Whether a value equals one of the elements, which are of its type. */
    public static Kernel oneOf(Kernel value, List<Kernel> elements) {
        return Membership.of(value, elements);
    }

    /** A function of the row that is asked row by row, and boxes what it answers. */
    public static Kernel rowByRow(ValueType type, RowFunction function) {
        return RowWise.reading(type, function);
    }

    /**
     * A kernel that reads no column as the constant that it is.
     *
     * @throws IllegalArgumentException if it has no value; the message says why
     */
    public static Kernel folded(Kernel kernel) {
        Faults faults = new Faults();
        Arguments one = new Arguments(List.of(kernel));
        one.evaluate(Rows.single(), faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.at(0).detail());
        }
        return constant(
                kernel.type(),
                switch (kernel.type().physical()) {
                    case LONGS -> one.at(0).number(0);
                    case DOUBLES -> one.at(0).real(0);
                    case OBJECTS -> one.at(0).text(0);
                });
    }

    /** Evaluates a tree for an expression's text. */
    public static ColumnKernel evaluator(String text, Kernel root) {
        return new RootKernel(text, root);
    }
}
