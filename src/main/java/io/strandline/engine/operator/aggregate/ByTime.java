package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;

/**
 * The value of the row with the first or last event time; of several at that time the least or greatest value, so that the
 * order of arrival does not matter. Words: value, time.
 */
final class ByTime extends Accumulator.ByRow {

    private final boolean first;
    private final WordForm form;
    private long[] times = {};

    ByTime(int at, ColumnType type, boolean first) {
        super(at, 0, first ? Long.MAX_VALUE : Long.MIN_VALUE);
        this.first = first;
        this.form = WordForm.of(type);
    }

    @Override
    void bind(KeyedTable table, Batch batch, Object argument) {
        times = batch.timestamps();
        form.bind(argument, table.values());
    }

    @Override
    void take(long[] words, int word, int row) {
        int order = Long.compare(times[row], words[word + 1]);
        if (further(order) || order == 0 && further(form.compare(row, words[word]))) {
            words[word] = form.word(row);
            words[word + 1] = times[row];
        }
    }

    @Override
    void combine(long[] from, int other, ValueSlab values) {
        int order = Long.compare(from[other + 1], merged[1]);
        if (further(order) || order == 0 && further(form.compareWords(from[other], merged[0], values))) {
            merged[0] = from[other];
            merged[1] = from[other + 1];
        }
    }

    private boolean further(int order) {
        return first ? order < 0 : order > 0;
    }
}
