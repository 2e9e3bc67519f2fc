package io.strandline.expression.kernel;

/** What CEL's {@code math} library does to numbers, and numbers read from text. */
final class Numbers {

    private Numbers() {}

    /** Half away from zero; an infinite number and NaN stay what they are. */
    static double round(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double even = Math.rint(value);
        double nearest = Math.abs(value - even) == 0.5 ? value + Math.copySign(0.5, value) : even;
        return toLong(nearest);
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

    /** Cuts the fraction off; NaN and what is beyond a long's range are refused. */
    static long toLong(double value) {
        if (value >= -0x1p63 && value < 0x1p63) {
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
