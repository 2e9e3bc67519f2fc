package io.strandline.expression.kernel;

import static io.strandline.expression.ValueType.BOOLEAN;
import static io.strandline.expression.ValueType.DOUBLE;
import static io.strandline.expression.ValueType.LONG;
import static io.strandline.expression.ValueType.STRING;

import io.strandline.expression.ValueType;
import java.util.List;

/** Functions of numbers: CEL's conversions and its {@code math} library. */
final class Numbers {

    private static final List<ValueType> WHOLE = List.of(LONG);
    private static final List<ValueType> REAL = List.of(DOUBLE);
    private static final List<ValueType> WHOLES = List.of(LONG, LONG);
    private static final List<ValueType> REALS = List.of(DOUBLE, DOUBLE);

    private Numbers() {}

    static void define(Functions into) {
        conversions(into);
        choices(into);
        rounding(into);
        magnitudes(into);
        bits(into);
    }

    private static void conversions(Functions into) {
        String wrong = "fails for other text";
        into.add("int", "int(a)", WHOLE, LONG, "", a -> a.get(0));
        into.longs(
                "int",
                "int(a)",
                REAL,
                LONG,
                "cuts the fraction off; fails outside 64 bits",
                row -> toLong(row.real(0)));
        into.longs("int", "int(a)", List.of(STRING), LONG, wrong, row -> readLong(row.text(0)));
        into.add("double", "double(a)", REAL, DOUBLE, "", a -> a.get(0));
        into.doubles("double", "double(a)", WHOLE, "", row -> row.number(0));
        into.doubles("double", "double(a)", List.of(STRING), wrong, row -> readDouble(row.text(0)));
        into.add("bool", "bool(a)", List.of(BOOLEAN), BOOLEAN, "", a -> a.get(0));
        into.longs("bool", "bool(a)", List.of(STRING), BOOLEAN, wrong, row -> readBoolean(row.text(0)) ? 1 : 0);
    }

    private static void choices(Functions into) {
        String several = "of one or more of one type; NaN is the greatest";
        into.longs(
                "math.@max",
                "math.greatest(a, …)",
                WHOLES,
                LONG,
                several,
                row -> Math.max(row.number(0), row.number(1)));
        into.doubles("math.@max", "math.greatest(a, …)", REALS, several, row -> greatest(row.real(0), row.real(1)));
        into.longs(
                "math.@min", "math.least(a, …)", WHOLES, LONG, several, row -> Math.min(row.number(0), row.number(1)));
        into.doubles("math.@min", "math.least(a, …)", REALS, several, row -> least(row.real(0), row.real(1)));
    }

    private static void rounding(Functions into) {
        into.doubles("math.ceil", "math.ceil(a)", REAL, "", row -> Math.ceil(row.real(0)));
        into.doubles("math.floor", "math.floor(a)", REAL, "", row -> Math.floor(row.real(0)));
        into.doubles(
                "math.round",
                "math.round(a)",
                REAL,
                "halves away from zero; fails outside 64 bits",
                row -> round(row.real(0)));
        into.doubles("math.trunc", "math.trunc(a)", REAL, "", row -> truncate(row.real(0)));
        into.longs("math.isNaN", "math.isNaN(a)", REAL, BOOLEAN, "", row -> Double.isNaN(row.real(0)) ? 1 : 0);
        into.longs("math.isInf", "math.isInf(a)", REAL, BOOLEAN, "", row -> Double.isInfinite(row.real(0)) ? 1 : 0);
        into.longs("math.isFinite", "math.isFinite(a)", REAL, BOOLEAN, "", row -> Double.isFinite(row.real(0)) ? 1 : 0);
    }

    private static void magnitudes(Functions into) {
        into.longs("math.abs", "math.abs(a)", WHOLE, LONG, "fails on overflow", row -> absolute(row.number(0)));
        into.doubles("math.abs", "math.abs(a)", REAL, "", row -> Math.abs(row.real(0)));
        into.longs("math.sign", "math.sign(a)", WHOLE, LONG, "", row -> Long.signum(row.number(0)));
        into.doubles("math.sign", "math.sign(a)", REAL, "", row -> sign(row.real(0)));
        into.doubles("math.sqrt", "math.sqrt(a)", WHOLE, "NaN below zero", row -> Math.sqrt(row.number(0)));
        into.doubles("math.sqrt", "math.sqrt(a)", REAL, "NaN below zero", row -> Math.sqrt(row.real(0)));
    }

    private static void bits(Functions into) {
        into.longs("math.bitAnd", "math.bitAnd(a, b)", WHOLES, LONG, "", row -> row.number(0) & row.number(1));
        into.longs("math.bitOr", "math.bitOr(a, b)", WHOLES, LONG, "", row -> row.number(0) | row.number(1));
        into.longs("math.bitXor", "math.bitXor(a, b)", WHOLES, LONG, "", row -> row.number(0) ^ row.number(1));
        into.longs("math.bitNot", "math.bitNot(a)", WHOLE, LONG, "", row -> ~row.number(0));
        String shift = "zeros move in; fails if negative";
        into.longs(
                "math.bitShiftLeft",
                "math.bitShiftLeft(a, bits)",
                WHOLES,
                LONG,
                shift,
                row -> shiftLeft(row.number(0), row.number(1)));
        into.longs(
                "math.bitShiftRight",
                "math.bitShiftRight(a, bits)",
                WHOLES,
                LONG,
                shift,
                row -> shiftRight(row.number(0), row.number(1)));
    }

    /** Half away from zero; an infinite number and NaN stay what they are. */
    static double round(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double even = Math.rint(value);
        double nearest = Math.abs(value - even) == 0.5 ? value + Math.copySign(0.5, value) : even;
        if (nearest < -0x1p63 || nearest >= 0x1p63) {
            throw new IllegalArgumentException(value + " is beyond the 64 bits in which numbers are rounded");
        }
        return (double) (long) nearest;
    }

    /** Without the fraction, at most the largest long. */
    static double truncate(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? value : (double) (long) value;
    }

    /** -1, 0, 1 or NaN. */
    static double sign(double value) {
        return value == 0 ? 0.0 : Math.signum(value);
    }

    /** By the total order, in which NaN is the largest. */
    static double greatest(double a, double b) {
        return Double.compare(a, b) >= 0 ? a : b;
    }

    static double least(double a, double b) {
        return Double.compare(a, b) <= 0 ? a : b;
    }

    static long absolute(long value) {
        if (value == Long.MIN_VALUE) {
            throw new ArithmeticException("the absolute value of " + value + " does not fit into 64 bits");
        }
        return Math.abs(value);
    }

    static long shiftLeft(long value, long by) {
        return shift(by) > 63 ? 0 : value << by;
    }

    /** Fills with zeros from the left. */
    static long shiftRight(long value, long by) {
        return shift(by) > 63 ? 0 : value >>> by;
    }

    private static long shift(long by) {
        if (by < 0) {
            throw new IllegalArgumentException("a shift by " + by + " bits; write the other direction");
        }
        return by;
    }

    /** Cuts the fraction off; NaN and what is not strictly between -2^63 and 2^63 are refused. */
    static long toLong(double value) {
        if (value > -0x1p63 && value < 0x1p63) {
            return (long) value;
        }
        throw new ArithmeticException(value + " does not fit into a long");
    }

    static long readLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }

    static double readDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    static boolean readBoolean(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "1" -> true;
            case "false", "False", "FALSE", "f", "0" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}
