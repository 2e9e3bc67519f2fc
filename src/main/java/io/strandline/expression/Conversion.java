package io.strandline.expression;

import java.time.DateTimeException;
import java.util.function.BiPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * Kernels that apply one function to each value, between any two physical kinds. A function that throws
 * {@link IllegalArgumentException}, {@link ArithmeticException} or {@link DateTimeException} makes a fault of that row.
 */
final class Conversion {

    /** Text to a long. */
    interface TextToLong {
        long apply(String text);
    }

    /** Text to a double. */
    interface TextToDouble {
        double apply(String text);
    }

    /** A long to text. */
    interface LongToText {
        String apply(long value);
    }

    private Conversion() {}

    static LongKernel longs(ValueType type, LongKernel argument, LongUnaryOperator function) {
        return new LongKernel(type) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                long[] values = argument.evaluate(rows, faults);
                long[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    try {
                        out[row] = function.applyAsLong(values[row]);
                    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                        faults.add(row, message(e));
                        out[row] = 0;
                    }
                }
                return out;
            }
        };
    }

    static LongKernel textToLongs(ValueType type, ObjectKernel argument, TextToLong function) {
        return new LongKernel(type) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                Object[] values = argument.evaluate(rows, faults);
                long[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    try {
                        out[row] = function.apply((String) values[row]);
                    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                        faults.add(row, message(e));
                        out[row] = 0;
                    }
                }
                return out;
            }
        };
    }

    static DoubleKernel textToDoubles(ObjectKernel argument, TextToDouble function) {
        return new DoubleKernel() {
            @Override
            double[] evaluate(Rows rows, Faults faults) {
                Object[] values = argument.evaluate(rows, faults);
                double[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    try {
                        out[row] = function.apply((String) values[row]);
                    } catch (IllegalArgumentException e) {
                        faults.add(row, message(e));
                        out[row] = 0;
                    }
                }
                return out;
            }
        };
    }

    static ObjectKernel longsToText(LongKernel argument, LongToText function) {
        return new ObjectKernel() {
            @Override
            Object[] evaluate(Rows rows, Faults faults) {
                long[] values = argument.evaluate(rows, faults);
                Object[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    out[rows.at(k)] = function.apply(values[rows.at(k)]);
                }
                return out;
            }
        };
    }

    static ObjectKernel doublesToText(DoubleKernel argument) {
        return new ObjectKernel() {
            @Override
            Object[] evaluate(Rows rows, Faults faults) {
                double[] values = argument.evaluate(rows, faults);
                Object[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    out[rows.at(k)] = Double.toString(values[rows.at(k)]);
                }
                return out;
            }
        };
    }

    static DoubleKernel longsToDoubles(LongKernel argument) {
        return new DoubleKernel() {
            @Override
            double[] evaluate(Rows rows, Faults faults) {
                long[] values = argument.evaluate(rows, faults);
                double[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    out[rows.at(k)] = values[rows.at(k)];
                }
                return out;
            }
        };
    }

    /** Cuts the fraction off; NaN and what is beyond a long's range are faults. */
    static LongKernel doublesToLongs(DoubleKernel argument) {
        return new LongKernel(ValueType.LONG) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                double[] values = argument.evaluate(rows, faults);
                long[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    double value = values[row];
                    out[row] = (long) value;
                    if (!(value > -0x1p63 && value < 0x1p63)) {
                        faults.add(row, value + " does not fit into a long");
                    }
                }
                return out;
            }
        };
    }

    static LongKernel test(ObjectKernel argument, Predicate<String> predicate) {
        return textToLongs(ValueType.BOOLEAN, argument, text -> predicate.test(text) ? 1 : 0);
    }

    static LongKernel test(ObjectKernel left, ObjectKernel right, BiPredicate<String, String> predicate) {
        return new LongKernel(ValueType.BOOLEAN) {
            @Override
            long[] evaluate(Rows rows, Faults faults) {
                Object[] a = left.evaluate(rows, faults);
                Object[] b = right.evaluate(rows, faults);
                long[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    out[row] = predicate.test((String) a[row], (String) b[row]) ? 1 : 0;
                }
                return out;
            }
        };
    }

    static ObjectKernel concatenate(ObjectKernel left, ObjectKernel right) {
        return new ObjectKernel() {
            @Override
            Object[] evaluate(Rows rows, Faults faults) {
                Object[] a = left.evaluate(rows, faults);
                Object[] b = right.evaluate(rows, faults);
                Object[] out = scratch(rows);
                for (int k = 0; k < rows.count(); k++) {
                    int row = rows.at(k);
                    out[row] = ((String) a[row]).concat((String) b[row]);
                }
                return out;
            }
        };
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
