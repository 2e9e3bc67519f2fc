package io.strandline.engine.operator.window;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.aggregate.Aggregation;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimerTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates per key and tumbling window. A pane's first timer is its window's last millisecond: then it is emitted. With
 * lateness a second timer follows that much later: then it goes. Rows that come between the two emit their pane at once, as
 * in Flink; rows that come later still are dropped and counted.
 */
final class TumblingWindow implements Operator {

    private final TumblingWindowFactory made;
    private final long size;
    private final long lateness;
    private @Nullable Running running;

    TumblingWindow(TumblingWindowFactory made) {
        this.made = made;
        this.size = made.size().toMillis();
        this.lateness = made.allowedLateness().toMillis();
    }

    @Override
    public void open(OperatorContext context) {
        running = new Running(context);
    }

    @Override
    public void process(Batch batch, Output output) {
        running().process(batch, output);
    }

    @Override
    public boolean advance(long watermark, Output output) {
        return running().advance(watermark, output);
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("not open");
        }
        return running;
    }

    /** The operator once it has its state. */
    private final class Running {

        private final OperatorContext context;
        private final BatchKeys keys = new BatchKeys(made.input(), made.keys());
        private final Aggregation aggregation = new Aggregation(made.layout());
        private final int keyCount = made.keys().size();
        private final int rowsColumn = keyCount + 2 + made.aggregates().size();
        private final KeyedTable panes;
        private final TimerTable timers;
        private final KeyRows chosen;
        private final Batch intime;
        private final Batch computed;
        private final Batch ended;
        private final Batch late;
        private final long[] starts;
        private final int[] entries;
        private final int[] rows;
        private long watermark;

        Running(OperatorContext context) {
            int batchSize = context.batchSize();
            this.context = context;
            this.panes = context.state().table(made.panes(), made.layout().initial());
            this.timers = context.state().timers(made.timers());
            this.chosen = new KeyRows(keys.columns(), batchSize);
            this.intime = new Batch(made.input(), batchSize);
            this.computed = new Batch(withRows(made.output()), batchSize);
            this.ended = new Batch(made.output(), batchSize);
            this.late = new Batch(made.output(), batchSize);
            this.starts = new long[batchSize];
            this.entries = new int[batchSize];
            this.rows = new int[batchSize];
            this.watermark = context.restoredWatermark();
        }

        private static RowType withRows(RowType output) {
            List<Column> columns = new ArrayList<>(output.columns());
            columns.add(new Column("~rows", ColumnType.LONG));
            return new RowType(columns);
        }

        void process(Batch batch, Output output) {
            Batch taken = dropLate(batch);
            if (taken.size() == 0) {
                return;
            }
            keys.of(taken);
            panes.update(keys, starts, entries);
            aggregation.add(panes.words(), entries, taken, computed, keyCount + 2);
            registerNew(taken.size());
            emitLate(taken, output);
        }

        /** Fills {@code starts} for the rows that are taken. */
        private Batch dropLate(Batch batch) {
            long[] times = batch.timestamps();
            int taken = 0;
            for (int row = 0; row < batch.size(); row++) {
                long start = Math.floorDiv(times[row], size) * size;
                starts[taken] = start;
                rows[taken] = row;
                taken += last(start) + lateness > watermark ? 1 : 0;
            }
            if (taken == batch.size()) {
                return batch;
            }
            context.lateRows().accept(batch.size() - taken);
            intime.clear();
            intime.append(batch, rows, 0, taken);
            return intime;
        }

        private void registerNew(int count) {
            long[] seen = computed.longs(rowsColumn);
            chosen.clear();
            for (int row = 0; row < count; row++) {
                if (seen[row] == 1) {
                    long last = last(starts[row]);
                    chosen.append(keys, row, starts[row], last > watermark ? last : last + lateness);
                }
            }
            if (chosen.size() > 0) {
                timers.register(chosen, chosen.namespaces(), chosen.times());
            }
        }

        private void emitLate(Batch taken, Output output) {
            int count = 0;
            for (int row = 0; row < taken.size(); row++) {
                rows[count] = row;
                count += last(starts[row]) <= watermark ? 1 : 0;
            }
            if (count == 0) {
                return;
            }
            for (int key = 0; key < keyCount; key++) {
                computed.share(key, keys.array(key));
            }
            System.arraycopy(starts, 0, computed.longs(keyCount), 0, taken.size());
            finish(computed, taken.size());
            late.clear();
            late.append(computed, rows, 0, count);
            output.emit(late);
        }

        boolean advance(long to, Output output) {
            TimerTable.Fired fired = timers.poll(to, rows.length);
            int count = fired.keys().size();
            if (count == 0) {
                watermark = to;
                return true;
            }
            emitEnded(fired, count, output);
            removeExpired(fired, count);
            return false;
        }

        private void emitEnded(TimerTable.Fired fired, int count, Output output) {
            chosen.clear();
            for (int row = 0; row < count; row++) {
                long start = fired.namespaces()[row];
                if (fired.times()[row] == last(start)) {
                    chosen.append(fired.keys(), row, start, last(start) + lateness);
                }
            }
            if (chosen.size() == 0) {
                return;
            }
            panes.find(chosen, chosen.namespaces(), entries);
            aggregation.read(panes.words(), entries, chosen.size(), computed, keyCount + 2);
            for (int column = 0; column < ended.type().size(); column++) {
                ended.share(column, column < keyCount ? chosen.array(column) : computed.column(column));
            }
            System.arraycopy(chosen.namespaces(), 0, ended.longs(keyCount), 0, chosen.size());
            finish(ended, chosen.size());
            output.emit(ended);
            if (lateness > 0) {
                timers.register(chosen, chosen.namespaces(), chosen.times());
            }
        }

        private void removeExpired(TimerTable.Fired fired, int count) {
            chosen.clear();
            for (int row = 0; row < count; row++) {
                long start = fired.namespaces()[row];
                if (fired.times()[row] == last(start) + lateness) {
                    chosen.append(fired.keys(), row, start, 0);
                }
            }
            if (chosen.size() > 0) {
                panes.remove(chosen, chosen.namespaces());
            }
        }

        /** Writes windows' ends and rows' times, given their starts. */
        private void finish(Batch batch, int count) {
            long[] start = batch.longs(keyCount);
            long[] end = batch.longs(keyCount + 1);
            for (int row = 0; row < count; row++) {
                end[row] = start[row] + size;
                batch.timestamps()[row] = last(start[row]);
            }
            batch.size(count);
        }

        private long last(long start) {
            return start + size - 1;
        }
    }
}
