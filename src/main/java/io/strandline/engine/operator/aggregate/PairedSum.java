package io.strandline.engine.operator.aggregate;

/**
 * A sum of doubles in two words, the nearest double and what it misses: 106 bits, so that the order of the terms hardly ever
 * shows in the first. T. J. Dekker, A floating-point technique for extending the available precision, 1971; D. E. Knuth's
 * TwoSum. Once it is infinite or no number it stays so.
 */
final class PairedSum {

    private PairedSum() {}

    /** Adds {@code high + low} to the sum at {@code words[at]} and {@code words[at + 1]}. */
    static void add(long[] words, int at, double high, double low) {
        double before = Double.longBitsToDouble(words[at]);
        double sum = before + high;
        double grown = sum - before;
        double missed = (before - (sum - grown)) + (high - grown);
        missed += Double.longBitsToDouble(words[at + 1]) + low;
        double nearest = sum + missed;
        boolean finite = Double.isFinite(nearest);
        words[at] = Double.doubleToRawLongBits(finite ? nearest : sum);
        words[at + 1] = Double.doubleToRawLongBits(finite ? missed - (nearest - sum) : 0);
    }

    /** Adds {@code term * term}. */
    static void addSquare(long[] words, int at, double term) {
        double square = term * term;
        add(words, at, square, Double.isFinite(square) ? Math.fma(term, term, -square) : 0);
    }

    /** Adds another such sum. */
    static void add(long[] words, int at, long[] from, int first) {
        add(words, at, high(from, first), high(from, first + 1));
    }

    /** The nearest double. */
    static double high(long[] words, int at) {
        return Double.longBitsToDouble(words[at]);
    }
}
