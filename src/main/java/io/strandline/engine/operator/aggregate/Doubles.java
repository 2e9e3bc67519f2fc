package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;

/** Accumulators of doubles. */
final class Doubles {

    private Doubles() {}

    /** Words: sum, and what it misses. */
    static final class Sum extends Accumulator.ByRow {

        private double[] terms = {};

        Sum(int at) {
            super(at, 0, 0);
        }

        @Override
        void bind(KeyedTable table, Batch batch, Object argument) {
            terms = (double[]) argument;
        }

        @Override
        void take(long[] words, int word, int row) {
            PairedSum.add(words, word, terms[row], 0);
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            PairedSum.add(merged, 0, from, first);
        }
    }

    /** Words: mean, sum, what it misses, count. */
    static final class Mean extends Accumulator.ByRow {

        private double[] terms = {};

        Mean(int at) {
            super(at, 0, 0, 0, 0);
        }

        @Override
        void bind(KeyedTable table, Batch batch, Object argument) {
            terms = (double[]) argument;
        }

        @Override
        void take(long[] words, int word, int row) {
            PairedSum.add(words, word + 1, terms[row], 0);
            words[word + 3]++;
            divide(words, word);
        }

        @Override
        void combine(long[] from, int first, ValueSlab values) {
            PairedSum.add(merged, 1, from, first + 1);
            merged[3] += from[first + 3];
            divide(merged, 0);
        }

        private static void divide(long[] words, int word) {
            words[word] = Double.doubleToRawLongBits(PairedSum.high(words, word + 1) / words[word + 3]);
        }
    }
}
