package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;

/** The least or greatest of doubles or texts. Words: value, and for texts whether there is one, since it may be empty. */
final class Extreme extends Accumulator.ByRow {

    private final boolean least;
    private final boolean text;
    private final WordForm form;

    Extreme(int at, ColumnType type, boolean least) {
        super(at, initial(type, least));
        this.least = least;
        this.text = type == ColumnType.STRING;
        this.form = WordForm.of(type);
    }

    private static long[] initial(ColumnType type, boolean least) {
        if (type == ColumnType.STRING) {
            return new long[2];
        }
        return new long[] {Double.doubleToLongBits(least ? Double.NaN : Double.NEGATIVE_INFINITY)};
    }

    @Override
    void bind(KeyedTable table, Batch batch, Object argument) {
        form.bind(argument, table.values());
    }

    @Override
    void take(long[] words, int word, int row) {
        if (missing(words, word) || further(form.compare(row, words[word]))) {
            put(words, word, form.word(row));
        }
    }

    @Override
    void combine(long[] from, int first, ValueSlab values) {
        if (!missing(from, first)
                && (missing(merged, 0) || further(form.compareWords(from[first], merged[0], values)))) {
            put(merged, 0, from[first]);
        }
    }

    private boolean missing(long[] words, int word) {
        return text && words[word + 1] == 0;
    }

    private void put(long[] words, int word, long value) {
        words[word] = value;
        if (text) {
            words[word + 1] = 1;
        }
    }

    private boolean further(int order) {
        return least ? order < 0 : order > 0;
    }
}
