package io.strandline.bench.strandline;

import io.strandline.bench.measure.Randoms;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes made from a key's newest value, and passes every row on.
 *
 * @param size of the bytes a key
 */
record Payloads(int size) implements OperatorFactory {

    private static final StateSchema SCHEMA = new StateSchema(
            "payloads",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            List.of(new Column("payload", ColumnType.BYTES)));

    @Override
    public RowType output() {
        return ScriptSource.TYPE;
    }

    @Override
    public List<StateSchema> states() {
        return List.of(SCHEMA);
    }

    @Override
    public Operator create() {
        return new Keeper(size);
    }

    /** One subtask's share. */
    private static final class Keeper implements Operator {

        private final BatchKeys keys = new BatchKeys(ScriptSource.TYPE, List.of(ScriptSource.KEY));
        private final byte[] bytes;
        private int[] entries = {};
        private @Nullable KeyedTable table;

        Keeper(int size) {
            this.bytes = new byte[size];
        }

        @Override
        public void open(OperatorContext context) {
            entries = new int[context.batchSize()];
            table = context.state().table(SCHEMA, new long[1]);
        }

        @Override
        public void process(Batch batch, Output output) {
            KeyedTable kept = table;
            if (kept == null) {
                throw new IllegalStateException("not open");
            }
            kept.update(keys.of(batch), null, entries);
            long[] words = kept.words();
            long[] values = batch.longs(ScriptSource.VALUE);
            for (int row = 0; row < batch.size(); row++) {
                Randoms.bytes(values[row], bytes);
                words[entries[row]] = kept.values().put(bytes, 0, bytes.length);
            }
            output.emit(batch);
        }
    }
}
