package io.strandline.engine;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyedTable;
import java.util.List;

/**
 * Reads two streams of a sequence's rows: counts the rows of each by key in the state {@code seen}, passes all on, and those
 * of odd value once more by a side output.
 */
record TwoStreams(RowType input) implements OperatorFactory {

    static final int KEY = 2;
    static final int VALUE = 3;

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public RowType output() {
        return input;
    }

    @Override
    public List<SideOutput> outputs() {
        return List.of(new SideOutput("odd", input));
    }

    @Override
    public List<StateSchema> states() {
        return List.of(schema());
    }

    @Override
    public Operator create() {
        return new Counting();
    }

    private StateSchema schema() {
        return new StateSchema(
                "seen",
                StateSchema.Form.KEYED,
                input.columns(List.of(KEY)),
                false,
                List.of(new Column("left", ColumnType.LONG), new Column("right", ColumnType.LONG)));
    }

    private final class Counting implements Operator {

        private final BatchKeys keys = new BatchKeys(input, List.of(KEY));
        private Batch odd = new Batch(input, 0);
        private int[] rows = {};
        private KeyedTable seen;

        @Override
        public void open(OperatorContext context) {
            seen = context.state().table(schema(), new long[2]);
            odd = new Batch(input, context.batchSize());
            rows = new int[context.batchSize()];
        }

        @Override
        public void process(Batch batch, Output output) {
            throw new AssertionError("it has two inputs");
        }

        @Override
        public void process(int from, Batch batch, Output output) {
            seen.update(keys.of(batch), null, rows);
            for (int row = 0; row < batch.size(); row++) {
                seen.words()[rows[row] + from]++;
            }
            output.emit(batch);
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                rows[count] = row;
                count += batch.longs(VALUE)[row] & 1;
            }
            odd.clear();
            odd.append(batch, rows, 0, count);
            output.emit(1, odd);
        }
    }
}
