package io.strandline.engine.operator.window;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.aggregate.AggregateLayout;
import io.strandline.state.KeyColumns;
import io.strandline.state.TimerTable;

/**
 * Windows of one length that begin at multiples of their slide. A row goes into one pane, as long as the greatest length that
 * divides both size and slide; a window's panes are merged when it ends. So what a row costs does not depend on how many
 * windows it is in. J. Li et al., No pane, no gain, 2005.
 *
 * <p>A key has one timer at a time for its next window: its last millisecond. When it fires, the window is emitted, the next
 * one's timer is set if a pane of that is there, and panes that are in no later window go; with lateness, only when another
 * timer fires so much later. Rows that come between the two emit their windows at once, as in Flink.
 */
final class SlidingWindows extends Windows {

    private final long size;
    private final long slide;
    private final long pane;
    private final int panesInWindow;
    private final int rowsWord;
    private final KeyRows probe;
    private final int[] found;
    private final Batch intime;
    private final Batch single;
    private final long[] starts;
    private final int[] rows;
    private final int[] lateRows;
    private final int[] again;

    SlidingWindows(WindowFactory made, WindowShape.Sliding shape, OperatorContext context) {
        super(made, context);
        int batchSize = context.batchSize();
        this.size = shape.size().toMillis();
        this.slide = shape.slide().toMillis();
        this.pane = divisor(size, slide);
        this.panesInWindow = Math.toIntExact(size / pane);
        AggregateLayout layout = made.layout();
        this.rowsWord = layout.word(layout.aggregates().size() - 1);
        this.probe = new KeyRows(keys.columns(), panesInWindow);
        this.found = new int[panesInWindow];
        this.intime = new Batch(made.input(), batchSize);
        this.single = new Batch(made.input(), 1);
        this.starts = new long[batchSize];
        this.rows = new int[batchSize];
        this.lateRows = new int[batchSize];
        this.again = new int[batchSize];
    }

    @Override
    long step() {
        return slide;
    }

    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    @Override
    void process(Batch batch, Output output) {
        long[] times = batch.timestamps();
        int taken = 0;
        int tooLate = 0;
        int emitting = 0;
        for (int row = 0; row < batch.size(); row++) {
            long start = Math.floorDiv(times[row], pane) * pane;
            if (times[row] > watermark || !over(start)) {
                starts[taken] = start;
                rows[taken++] = row;
            } else if (last(lastWindow(start)) + lateness <= watermark) {
                lateRows[tooLate++] = row;
            } else {
                again[emitting++] = row;
            }
        }
        if (taken == batch.size()) {
            take(batch);
        } else {
            intime.clear();
            intime.append(batch, rows, 0, taken);
            take(intime);
            emitLate(batch, lateRows, tooLate, output);
            for (int i = 0; i < emitting; i++) {
                takeAndEmit(batch, again[i], output);
            }
        }
        registerRest();
    }

    /** Whether a pane's rows are too late for all of its windows, or have to emit some again. */
    private boolean over(long start) {
        return last(lateness > 0 ? firstWindow(start) : lastWindow(start)) <= watermark;
    }

    /** Takes rows whose panes begin at {@code starts}. */
    private void take(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        keys.of(batch);
        panes.update(keys, starts, entries);
        long[] words = panes.words();
        for (int row = 0; row < batch.size(); row++) {
            if (words[entries[row] + rowsWord] == 0) {
                awaitNext(keys, row, starts[row]);
            }
        }
        aggregation.add(panes, entries, batch, null, 0);
    }

    /** Takes a row of which at least one window was emitted already, and emits those that are kept. */
    private void takeAndEmit(Batch batch, int row, Output output) {
        single.clear();
        single.append(batch, row, 1);
        starts[0] = Math.floorDiv(batch.timestamps()[row], pane) * pane;
        take(single);
        long start = starts[0];
        for (long window = firstWindow(start); window <= lastWindow(start); window += slide) {
            if (last(window) <= watermark && last(window) + lateness > watermark) {
                merge(keys, 0, window);
                end(keys, 0, window, window + size);
                merged(output);
            }
        }
        emitEnded(output);
    }

    /** Sets the timer that a new pane asks for: the end of its first window that has not ended, or its own. */
    private void awaitNext(KeyColumns from, int row, long start) {
        long next = firstWindow(start);
        if (watermark != Watermark.NONE) {
            next = Math.max(next, -Math.floorDiv(size - watermark - 2, slide) * slide);
        }
        long newest = lastWindow(start);
        if (next <= newest) {
            register(from, row, next, last(next));
        } else {
            register(from, row, newest, last(newest) + lateness);
        }
    }

    @Override
    void fire(TimerTable.Fired due, Output output) {
        for (int row = 0; row < due.keys().size(); row++) {
            long window = due.namespaces()[row];
            if (due.times()[row] != last(window)) {
                continue;
            }
            end(due.keys(), row, window, window + size);
            if (panesInWindow > 1) {
                slideOn(due.keys(), row, window, merge(due.keys(), row, window));
                merged(output);
            } else if (lateness > 0) {
                register(due.keys(), row, window, last(window) + lateness);
            }
        }
        if (panesInWindow == 1) {
            read(output);
        }
        removeEnded(due);
    }

    /** Sets the next timers behind a window whose newest pane is number {@code newest}, counted from 0. */
    private void slideOn(KeyColumns from, int row, long window, int newest) {
        if (newest * pane >= slide) {
            register(from, row, window + slide, last(window + slide));
        }
        if (lateness > 0) {
            register(from, row, window, last(window) + lateness);
        }
    }

    /** Merges a window's panes; the number of the newest that is there. */
    private int merge(KeyColumns from, int row, long window) {
        probe.clear();
        for (int i = 0; i < panesInWindow; i++) {
            probe.append(from, row, window + i * pane, 0);
        }
        panes.find(probe, probe.namespaces(), found);
        aggregation.reset();
        int newest = -1;
        for (int i = 0; i < panesInWindow; i++) {
            if (found[i] >= 0) {
                aggregation.merge(panes, found[i]);
                newest = i;
            }
        }
        return newest;
    }

    private void removeEnded(TimerTable.Fired due) {
        for (int row = 0; row < due.keys().size(); row++) {
            long window = due.namespaces()[row];
            long time = due.times()[row];
            if (time > last(window) && time < last(window) + lateness) {
                // set when rows were allowed to be less late
                register(due.keys(), row, window, last(window) + lateness);
            } else if (time >= last(window) + lateness) {
                for (long start = window; start < window + slide; start += pane) {
                    remove(due.keys(), row, start);
                }
            }
        }
    }

    private long last(long window) {
        return window + size - 1;
    }

    /** The start of the first window that a pane is in. */
    private long firstWindow(long start) {
        return -Math.floorDiv(size - pane - start, slide) * slide;
    }

    /** The start of the last window that a pane is in. */
    private long lastWindow(long start) {
        return Math.floorDiv(start, slide) * slide;
    }
}
