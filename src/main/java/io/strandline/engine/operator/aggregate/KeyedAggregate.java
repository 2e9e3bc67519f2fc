package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.state.KeyedTable;
import org.jspecify.annotations.Nullable;

/** Running aggregates per key. */
final class KeyedAggregate implements Operator {

    private final KeyedAggregateFactory made;
    private final BatchKeys keys;
    private final Aggregation aggregation;
    private @Nullable Running running;

    KeyedAggregate(KeyedAggregateFactory made) {
        this.made = made;
        this.keys = new BatchKeys(made.input(), made.keys());
        this.aggregation = new Aggregation(made.layout());
    }

    @Override
    public void open(OperatorContext context) {
        KeyedTable table = context.state().table(made.schema(), made.layout().initial());
        running = new Running(table, context.batchSize());
    }

    @Override
    public void process(Batch batch, Output output) {
        running().process(batch, output);
    }

    @Override
    public boolean flush(Output output) {
        return running().flush(output);
    }

    @Override
    public void tick(long nowNanos, Output output) {
        running().tick(nowNanos, output);
    }

    @Override
    public long tickDue() {
        return running().tickDue();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("not open");
        }
        return running;
    }

    /** The operator once it has its state. */
    private final class Running {

        private final KeyedTable table;
        private final Batch out;
        private final int[] entries;
        private final int keyCount = made.keys().size();
        private final @Nullable ChangedKeys changed;
        private final long intervalNanos;
        private long nextEmission = Long.MIN_VALUE;

        Running(KeyedTable table, int batchSize) {
            this.table = table;
            this.out = new Batch(made.output(), batchSize);
            this.entries = new int[batchSize];
            if (made.emission() instanceof Emission.Every every) {
                this.changed = new ChangedKeys(keys.columns(), batchSize);
                this.intervalNanos = every.interval().toNanos();
            } else {
                this.changed = null;
                this.intervalNanos = 0;
            }
        }

        void process(Batch batch, Output output) {
            keys.of(batch);
            table.update(keys, null, entries);
            boolean changes = made.emission() instanceof Emission.Changes;
            aggregation.add(table, entries, batch, changes ? out : null, keyCount);
            if (changed != null) {
                changed.add(keys, batch.timestamps());
            } else if (changes) {
                for (int key = 0; key < keyCount; key++) {
                    out.share(key, keys.array(key));
                }
                out.shareTimestamps(batch.timestamps());
                out.size(batch.size());
                output.emit(out);
            }
        }

        boolean flush(Output output) {
            if (changed == null) {
                return true;
            }
            KeyRows rows = changed.take();
            if (rows == null) {
                changed.release();
                rows = changed.take();
            }
            if (rows != null) {
                emit(rows, output);
            }
            return changed.isEmpty();
        }

        void tick(long nowNanos, Output output) {
            if (changed == null) {
                return;
            }
            if (nextEmission == Long.MIN_VALUE) {
                nextEmission = nowNanos + intervalNanos;
            }
            KeyRows rows = changed.take();
            if (rows == null && nowNanos - nextEmission >= 0) {
                nextEmission = nowNanos + intervalNanos;
                changed.release();
                rows = changed.take();
            }
            if (rows != null) {
                emit(rows, output);
            }
        }

        long tickDue() {
            if (changed == null || changed.isEmpty()) {
                return Long.MAX_VALUE;
            }
            return changed.isLeaving() ? Long.MIN_VALUE : nextEmission;
        }

        private void emit(KeyRows rows, Output output) {
            table.find(rows, null, entries);
            aggregation.read(table, entries, rows.size(), out, keyCount);
            for (int key = 0; key < keyCount; key++) {
                out.share(key, rows.array(key));
            }
            out.shareTimestamps(rows.times());
            out.size(rows.size());
            output.emit(out);
        }
    }
}
