package io.strandline.engine;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Keeps a copy of what its second input broadcasts, a sequence's rows: how many there were and the sum of their values, in the
 * state {@code copy} under one key of each of its key groups. After a restore it goes on with the copy of its first key group, as
 * broadcast state of functions does. The rows of its first input it passes on.
 *
 * @param fromLast a bug: it goes on with the copy of its last key group
 */
record Copies(RowType input, boolean fromLast) implements OperatorFactory {

    private static final int CANDIDATES = 64 * EngineHarness.MAX_PARALLELISM;

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public RowType output() {
        return input;
    }

    @Override
    public List<StateSchema> states() {
        return List.of(schema());
    }

    @Override
    public Operator create() {
        return new Copying();
    }

    private StateSchema schema() {
        return new StateSchema(
                "copy",
                StateSchema.Form.KEYED,
                input.columns(List.of(TwoStreams.KEY)),
                false,
                List.of(new Column("rows", ColumnType.LONG), new Column("sum", ColumnType.LONG)));
    }

    /** The key under which each key group's copy lies. */
    long[] anchors() {
        Batch candidates = keys(KeyGroupRange.of(0, 1, CANDIDATES), key -> key);
        long[] hashes = new BatchKeys(input, List.of(TwoStreams.KEY))
                .ofUnhashed(candidates)
                .hashes();
        long[] anchors = new long[EngineHarness.MAX_PARALLELISM];
        Arrays.fill(anchors, -1);
        for (int key = CANDIDATES - 1; key >= 0; key--) {
            anchors[KeyColumns.keyGroup(hashes[key], EngineHarness.MAX_PARALLELISM)] = key;
        }
        return anchors;
    }

    private Batch keys(KeyGroupRange range, IntToLongFunction key) {
        Batch rows = new Batch(input, range.size());
        for (int i = 0; i < range.size(); i++) {
            rows.longs(TwoStreams.KEY)[i] = key.applyAsLong(range.first() + i);
        }
        rows.size(range.size());
        return rows;
    }

    private final class Copying implements Operator {

        private final BatchKeys keys = new BatchKeys(input, List.of(TwoStreams.KEY));
        private Batch owned = new Batch(input, 0);
        private int[] entries = {};
        private KeyedTable copy;
        private boolean settled;

        @Override
        public void open(OperatorContext context) {
            copy = context.state().table(schema(), new long[2]);
            long[] anchors = anchors();
            owned = keys(context.keyGroups(), group -> anchors[group]);
            entries = new int[owned.size()];
        }

        @Override
        public boolean flush(Output output) {
            settle();
            return true;
        }

        @Override
        public void process(Batch batch, Output output) {
            throw new AssertionError("it has two inputs");
        }

        @Override
        public void process(int from, Batch batch, Output output) {
            settle();
            if (from == 0) {
                output.emit(batch);
            } else {
                long sum = 0;
                for (int row = 0; row < batch.size(); row++) {
                    sum += batch.longs(TwoStreams.VALUE)[row];
                }
                add(0, batch.size(), sum);
            }
        }

        private void settle() {
            if (!settled) {
                settled = true;
                add(fromLast ? entries.length - 1 : 0, 0, 0);
            }
        }

        private void add(int to, long rows, long sum) {
            copy.update(keys.ofUnhashed(owned), null, entries);
            long[] words = copy.words();
            long allRows = words[entries[to]] + rows;
            long all = words[entries[to] + 1] + sum;
            for (int entry : entries) {
                words[entry] = allRows;
                words[entry + 1] = all;
            }
        }
    }
}
