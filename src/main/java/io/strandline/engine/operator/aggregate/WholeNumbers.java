package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;
import org.jspecify.annotations.Nullable;

/** Accumulators of whole numbers, each with a loop of its own: nearly every pipeline counts and sums. */
final class WholeNumbers {

    private WholeNumbers() {}

    /** The number of rows. */
    static final class Count extends Accumulator {

        Count(int at) {
            super(at, 0);
        }

        @Override
        void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
            long[] words = table.words();
            long[] values = (long[]) out;
            for (int row = 0; row < batch.size(); row++) {
                long count = ++words[entries[row] + at];
                if (values != null) {
                    values[row] = count;
                }
            }
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            merged[0] += from[first];
        }
    }

    /** A sum; fails when it no longer fits. */
    static final class Sum extends Accumulator {

        Sum(int at) {
            super(at, 0);
        }

        @Override
        void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
            long[] words = table.words();
            long[] terms = (long[]) argument;
            long[] values = (long[]) out;
            for (int row = 0; row < batch.size(); row++) {
                int word = entries[row] + at;
                long sum = Math.addExact(words[word], terms[row]);
                words[word] = sum;
                if (values != null) {
                    values[row] = sum;
                }
            }
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            merged[0] = Math.addExact(merged[0], from[first]);
        }
    }

    /** The least or greatest. */
    static final class Extreme extends Accumulator {

        private final boolean least;

        Extreme(int at, boolean least) {
            super(at, least ? Long.MAX_VALUE : Long.MIN_VALUE);
            this.least = least;
        }

        @Override
        void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
            long[] words = table.words();
            long[] terms = (long[]) argument;
            long[] values = (long[]) out;
            for (int row = 0; row < batch.size(); row++) {
                int word = entries[row] + at;
                long extreme = least ? Math.min(words[word], terms[row]) : Math.max(words[word], terms[row]);
                words[word] = extreme;
                if (values != null) {
                    values[row] = extreme;
                }
            }
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            merged[0] = least ? Math.min(merged[0], from[first]) : Math.max(merged[0], from[first]);
        }
    }

    /** Words: mean, sum, count. */
    static final class Mean extends Accumulator.ByRow {

        private long[] terms = {};

        Mean(int at) {
            super(at, 0, 0, 0);
        }

        @Override
        void bind(KeyedTable table, Batch batch, Object argument) {
            terms = (long[]) argument;
        }

        @Override
        void take(long[] words, int word, int row) {
            put(words, word, Math.addExact(words[word + 1], terms[row]), words[word + 2] + 1);
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            put(merged, 0, Math.addExact(merged[1], from[first + 1]), merged[2] + from[first + 2]);
        }

        private static void put(long[] words, int word, long sum, long count) {
            words[word] = Double.doubleToRawLongBits((double) sum / count);
            words[word + 1] = sum;
            words[word + 2] = count;
        }
    }
}
