package io.strandline.engine.operator.aggregate;

import io.strandline.snapshot.ColumnType;

/**
 * One aggregate's share of an entry's words, from word {@code at} on; doubles are raw bits.
 *
 * <p>Updates write each row's new value to an output array as they go, so that a row can be emitted for every update although
 * aggregates are computed one after the other.
 */
abstract sealed class Accumulator {

    final int at;

    private Accumulator(int at) {
        this.at = at;
    }

    /** Adds rows 0 to {@code size} - 1 in order; {@code out} takes the aggregate's value after each. */
    abstract void add(long[] words, int[] entries, int size, Object argument, Object out);

    /** Reads the values of entries 0 to {@code size} - 1. */
    abstract void read(long[] words, int[] entries, int size, Object out);

    static Accumulator of(Aggregate aggregate, int at) {
        boolean floating = aggregate.argumentType() == ColumnType.DOUBLE;
        return switch (aggregate.function()) {
            case COUNT -> new Count(at);
            case SUM -> floating ? new DoubleSum(at) : new LongSum(at);
            case MIN -> floating ? new DoubleExtreme(at, true) : new LongExtreme(at, true);
            case MAX -> floating ? new DoubleExtreme(at, false) : new LongExtreme(at, false);
            case AVG -> floating ? new DoubleMean(at) : new LongMean(at);
        };
    }

    /** Those whose value is a word as it is. */
    private abstract static sealed class OfLong extends Accumulator {

        private OfLong(int at) {
            super(at);
        }

        @Override
        final void read(long[] words, int[] entries, int size, Object out) {
            long[] values = (long[]) out;
            for (int row = 0; row < size; row++) {
                values[row] = words[entries[row] + at];
            }
        }
    }

    /** Those whose value is a double. */
    private abstract static sealed class OfDouble extends Accumulator {

        private OfDouble(int at) {
            super(at);
        }

        @Override
        final void read(long[] words, int[] entries, int size, Object out) {
            double[] values = (double[]) out;
            for (int row = 0; row < size; row++) {
                values[row] = Double.longBitsToDouble(words[entries[row] + at]);
            }
        }
    }

    /** The number of rows. */
    private static final class Count extends OfLong {

        Count(int at) {
            super(at);
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            long[] values = (long[]) out;
            for (int row = 0; row < size; row++) {
                values[row] = ++words[entries[row] + at];
            }
        }
    }

    /** A sum of longs; fails when it no longer fits. */
    private static final class LongSum extends OfLong {

        LongSum(int at) {
            super(at);
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            long[] values = (long[]) out;
            long[] terms = (long[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                long sum = Math.addExact(words[word], terms[row]);
                words[word] = sum;
                values[row] = sum;
            }
        }
    }

    /** The least or greatest of longs. */
    private static final class LongExtreme extends OfLong {

        private final boolean least;

        LongExtreme(int at, boolean least) {
            super(at);
            this.least = least;
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            long[] values = (long[]) out;
            long[] terms = (long[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                long extreme = least ? Math.min(words[word], terms[row]) : Math.max(words[word], terms[row]);
                words[word] = extreme;
                values[row] = extreme;
            }
        }
    }

    /** A sum of doubles, in order of arrival. */
    private static final class DoubleSum extends OfDouble {

        DoubleSum(int at) {
            super(at);
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            double[] values = (double[]) out;
            double[] terms = (double[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                double sum = Double.longBitsToDouble(words[word]) + terms[row];
                words[word] = Double.doubleToRawLongBits(sum);
                values[row] = sum;
            }
        }
    }

    /** The least or greatest of doubles; NaN once one was. */
    private static final class DoubleExtreme extends OfDouble {

        private final boolean least;

        DoubleExtreme(int at, boolean least) {
            super(at);
            this.least = least;
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            double[] values = (double[]) out;
            double[] terms = (double[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                double before = Double.longBitsToDouble(words[word]);
                double extreme = least ? Math.min(before, terms[row]) : Math.max(before, terms[row]);
                words[word] = Double.doubleToRawLongBits(extreme);
                values[row] = extreme;
            }
        }
    }

    /** Words: mean, sum as a long, count. */
    private static final class LongMean extends OfDouble {

        LongMean(int at) {
            super(at);
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            double[] values = (double[]) out;
            long[] terms = (long[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                long sum = Math.addExact(words[word + 1], terms[row]);
                long count = words[word + 2] + 1;
                double mean = (double) sum / count;
                words[word] = Double.doubleToRawLongBits(mean);
                words[word + 1] = sum;
                words[word + 2] = count;
                values[row] = mean;
            }
        }
    }

    /** Words: mean, sum, count. */
    private static final class DoubleMean extends OfDouble {

        DoubleMean(int at) {
            super(at);
        }

        @Override
        void add(long[] words, int[] entries, int size, Object argument, Object out) {
            double[] values = (double[]) out;
            double[] terms = (double[]) argument;
            for (int row = 0; row < size; row++) {
                int word = entries[row] + at;
                double sum = Double.longBitsToDouble(words[word + 1]) + terms[row];
                long count = words[word + 2] + 1;
                double mean = sum / count;
                words[word] = Double.doubleToRawLongBits(mean);
                words[word + 1] = Double.doubleToRawLongBits(sum);
                words[word + 2] = count;
                values[row] = mean;
            }
        }
    }
}
