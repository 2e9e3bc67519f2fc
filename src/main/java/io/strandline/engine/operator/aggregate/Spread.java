package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;

/**
 * Variance and standard deviation. What is kept is the count, the sum and the sum of squares, which merge by adding; no
 * precision is lost on the way. For whole numbers both sums are exact (the second one has 128 bits), so the value does not
 * depend on the order of the rows. For doubles they have 106 bits, so it hardly ever does.
 *
 * <p>A sample of one row has no variance: then it is not a number.
 */
final class Spread {

    private Spread() {}

    /** What is made of the squared deviations. */
    enum Measure {
        VAR_POP(0, false),
        VAR_SAMP(1, false),
        STDDEV_POP(0, true),
        STDDEV_SAMP(1, true);

        private final int spare;
        private final boolean root;

        Measure(int spare, boolean root) {
            this.spare = spare;
            this.root = root;
        }

        private long of(double squaredDeviations, long count) {
            double variance = squaredDeviations / (count - spare);
            return Double.doubleToRawLongBits(root ? Math.sqrt(variance) : variance);
        }
    }

    /** Words: value, count, sum, high and low half of the sum of squares. */
    static final class OfLongs extends Accumulator.ByRow {

        private static final double TWO_TO_64 = 0x1p64;

        private final Measure measure;
        private long[] terms = {};

        OfLongs(int at, Measure measure) {
            super(at, 0, 0, 0, 0, 0);
            this.measure = measure;
        }

        @Override
        void bind(KeyedTable table, Batch batch, Object argument) {
            terms = (long[]) argument;
        }

        @Override
        void take(long[] words, int word, int row) {
            long term = terms[row];
            add(words, word, 1, term, Math.multiplyHigh(term, term), term * term);
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            add(merged, 0, from[first + 1], from[first + 2], from[first + 3], from[first + 4]);
        }

        private void add(long[] words, int word, long count, long sum, long high, long low) {
            long lowSum = words[word + 4] + low;
            int carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
            words[word + 1] += count;
            words[word + 2] = Math.addExact(words[word + 2], sum);
            words[word + 3] = Math.addExact(words[word + 3], high + carry);
            words[word + 4] = lowSum;
            words[word] = measure.of(squaredDeviations(words, word), words[word + 1]);
        }

        /**
         * With the whole number q nearest to the mean and r = sum - q * count, they are
         * (squares - q * sum - q * r) - r * r / count, where the bracket is exact and at least twice what is taken off it.
         */
        private static double squaredDeviations(long[] words, int word) {
            long count = words[word + 1];
            if (count == 0) {
                return 0;
            }
            long sum = words[word + 2];
            long nearest = Math.floorDiv(sum, count);
            long rest = sum - nearest * count;
            if (rest > count / 2) {
                nearest++;
                rest -= count;
            }
            long[] squares = {words[word + 3], words[word + 4]};
            subtractProduct(squares, nearest, sum);
            subtractProduct(squares, nearest, rest);
            double whole = squares[0] * TWO_TO_64 + unsigned(squares[1]);
            return whole - (double) rest * rest / count;
        }

        private static void subtractProduct(long[] from, long one, long other) {
            long low = one * other;
            int borrow = Long.compareUnsigned(from[1], low) < 0 ? 1 : 0;
            from[0] -= Math.multiplyHigh(one, other) + borrow;
            from[1] -= low;
        }

        private static double unsigned(long word) {
            return word >= 0 ? word : (double) (word >>> 1 | word & 1) * 2;
        }
    }

    /** Words: value, count, sum and what it misses, sum of squares and what it misses. */
    static final class OfDoubles extends Accumulator.ByRow {

        private final Measure measure;
        private double[] terms = {};

        OfDoubles(int at, Measure measure) {
            super(at, 0, 0, 0, 0, 0, 0);
            this.measure = measure;
        }

        @Override
        void bind(KeyedTable table, Batch batch, Object argument) {
            terms = (double[]) argument;
        }

        @Override
        void take(long[] words, int word, int row) {
            words[word + 1]++;
            PairedSum.add(words, word + 2, terms[row], 0);
            PairedSum.addSquare(words, word + 4, terms[row]);
            words[word] = measure.of(squaredDeviations(words, word), words[word + 1]);
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            merged[1] += from[first + 1];
            PairedSum.add(merged, 2, from, first + 2);
            PairedSum.add(merged, 4, from, first + 4);
            merged[0] = measure.of(squaredDeviations(merged, 0), merged[1]);
        }

        /** Squares less sum * sum / count, all in pairs. */
        private static double squaredDeviations(long[] words, int word) {
            double count = words[word + 1];
            double sum = PairedSum.high(words, word + 2);
            double square = sum * sum;
            double squareMissed = Math.fma(sum, sum, -square) + 2 * sum * PairedSum.high(words, word + 3);
            double part = square / count;
            double partMissed = (Math.fma(-part, count, square) + squareMissed) / count;
            double squares = PairedSum.high(words, word + 4);
            double difference = squares - part;
            double differenceMissed = (squares - (difference + part)) + (PairedSum.high(words, word + 5) - partMissed);
            return clamp(difference + differenceMissed);
        }

        /** Rounding may leave a little less than nothing; what is no number stays none. */
        private static double clamp(double squaredDeviations) {
            return squaredDeviations < 0 ? 0 : squaredDeviations;
        }
    }
}
