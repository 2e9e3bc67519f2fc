package io.strandline.engine.operator.window;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.aggregate.Aggregation;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimerTable;

/**
 * What windows of every shape have: panes, timers, and rows on their way out.
 *
 * <p>A pane is a stretch of a key's time whose rows share their fate; its namespace is its start.
 */
abstract class Windows {

    private static final int LATE = 1;

    final long lateness;
    final BatchKeys keys;
    final Aggregation aggregation;
    final int keyCount;
    final KeyedTable panes;
    final TimerTable timers;
    final int[] entries;
    final KeyRows timing;
    final KeyRows removed;
    long watermark;
    private final OperatorContext context;
    private final KeyRows ended;
    private final Batch out;
    private final Batch late;

    Windows(WindowFactory made, OperatorContext context) {
        int batchSize = context.batchSize();
        this.context = context;
        this.lateness = made.allowedLateness().toMillis();
        this.keys = new BatchKeys(made.input(), made.keys());
        this.keyCount = made.keys().size();
        this.aggregation = new Aggregation(made.layout(), made.aggregates().size());
        this.panes = context.state().table(made.panes(), made.layout().initial());
        this.timers = context.state().timers(made.timers());
        this.entries = new int[batchSize];
        this.timing = new KeyRows(keys.columns(), batchSize);
        this.removed = new KeyRows(keys.columns(), batchSize);
        this.ended = new KeyRows(keys.columns(), batchSize);
        this.out = new Batch(made.output(), batchSize);
        this.late = new Batch(made.input(), batchSize);
        this.watermark = context.restoredWatermark();
    }

    abstract void process(Batch batch, Output output);

    /** Takes timers that are due. */
    abstract void fire(TimerTable.Fired due, Output output);

    /** How long after a timer the next one that it sets may be due at the earliest. */
    abstract long step();

    /** Fires timers in the order of their times, those among them that others set; whether all is done. */
    final boolean advance(long to, Output output) {
        long earliest = timers.earliest();
        long upTo = earliest > to ? to : Math.min(to, earliest + step() - 1);
        TimerTable.Fired due = timers.poll(upTo, entries.length);
        if (due.keys().size() == 0) {
            watermark = to;
            return true;
        }
        fire(due, output);
        emitEnded(output);
        removeRest();
        registerRest();
        return false;
    }

    /** Passes rows that came too late on by the side output. */
    final void emitLate(Batch batch, int[] rows, int count, Output output) {
        if (count > 0) {
            context.lateRows().accept(count);
            late.clear();
            late.append(batch, rows, 0, count);
            output.emit(LATE, late);
        }
    }

    /** Registers a timer, soon: before the next rows or timers. */
    final void register(KeyColumns from, int row, long pane, long time) {
        if (timing.full()) {
            registerRest();
        }
        timing.append(from, row, pane, time);
    }

    final void registerRest() {
        if (timing.size() > 0) {
            timers.register(timing, timing.namespaces(), timing.times());
            timing.clear();
        }
    }

    /** Removes a pane, soon: before the next rows or timers. */
    final void remove(KeyColumns from, int row, long pane) {
        if (removed.full()) {
            removeRest();
        }
        removed.append(from, row, pane, 0);
    }

    private void removeRest() {
        if (removed.size() > 0) {
            panes.remove(removed, removed.namespaces());
            removed.clear();
        }
    }

    /** A window on its way out; its values are written by {@link #merged} or {@link #read}. */
    final void end(KeyColumns from, int row, long start, long end) {
        ended.append(from, row, start, end);
    }

    /** The values of the window that ended last are what was merged. */
    final void merged(Output output) {
        aggregation.result(panes, out, keyCount + 2, ended.size() - 1);
        if (ended.full()) {
            emitEnded(output);
        }
    }

    /** The values of each window that ended are those of the pane that begins with it. */
    final void read(Output output) {
        if (ended.size() > 0) {
            panes.find(ended, ended.namespaces(), entries);
            aggregation.read(panes, entries, ended.size(), out, keyCount + 2);
            emitEnded(output);
        }
    }

    final void emitEnded(Output output) {
        int count = ended.size();
        if (count == 0) {
            return;
        }
        for (int key = 0; key < keyCount; key++) {
            out.share(key, ended.array(key));
        }
        out.share(keyCount, ended.namespaces());
        out.share(keyCount + 1, ended.times());
        for (int row = 0; row < count; row++) {
            out.timestamps()[row] = ended.times()[row] - 1;
        }
        out.size(count);
        output.emit(out);
        ended.clear();
    }
}
