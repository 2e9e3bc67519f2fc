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
 * Sessions: runs of a key's rows without a gap. A row goes into a pane as long as the gap, so that all rows of one pane are in
 * one session, and a session is a run of neighbouring panes of which each begins (with its first row) less than the gap after
 * the one before ends (with its last). Nothing is merged as rows come, in whatever order; panes are when a session ends.
 *
 * <p>A pane's timer fires when the gap behind its last row is over, or earlier and then is set again. If the pane is the last
 * of its session, the session is emitted and its panes go; with lateness, they go when another timer fires so much later.
 * A row whose own session would be over and done is late unless it falls into one that is not, as in Flink.
 */
final class SessionWindows extends Windows {

    private static final int NOT_THERE = -1;

    private final long gap;
    private final int firstWord;
    private final int lastWord;
    private final KeyRows probe;
    private final int[] found = new int[1];
    private final KeyRows candidates;
    private final Batch part;
    private final long[] starts;
    private final int[] rows;

    SessionWindows(WindowFactory made, WindowShape.Session shape, OperatorContext context) {
        super(made, context);
        int batchSize = context.batchSize();
        AggregateLayout layout = made.layout();
        this.gap = shape.gap().toMillis();
        this.firstWord = layout.word(layout.aggregates().size() - 2);
        this.lastWord = layout.word(layout.aggregates().size() - 1);
        this.probe = new KeyRows(keys.columns(), 1);
        this.candidates = new KeyRows(keys.columns(), batchSize);
        this.part = new Batch(made.input(), batchSize);
        this.starts = new long[batchSize];
        this.rows = new int[batchSize];
    }

    @Override
    long step() {
        return 1;
    }

    /** Takes rows in their order, in stretches as long as none among them is late by itself. */
    @Override
    void process(Batch batch, Output output) {
        int from = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (due(batch.timestamps()[row]) <= watermark) {
                take(stretch(batch, from, row));
                takeLate(stretch(batch, row, row + 1), output);
                from = row + 1;
            }
        }
        take(stretch(batch, from, batch.size()));
        registerRest();
    }

    private Batch stretch(Batch batch, int from, int to) {
        if (to - from == batch.size()) {
            return batch;
        }
        part.clear();
        part.append(batch, from, to - from);
        return part;
    }

    private void take(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        keys.of(batch);
        for (int row = 0; row < batch.size(); row++) {
            starts[row] = start(batch.timestamps()[row]);
        }
        panes.update(keys, starts, entries);
        long[] words = panes.words();
        for (int row = 0; row < batch.size(); row++) {
            long last = words[entries[row] + lastWord];
            if (last == Long.MIN_VALUE || due(last) <= watermark) {
                long earliest = due(starts[row]);
                register(
                        keys,
                        row,
                        starts[row],
                        watermark == Watermark.NONE ? earliest : Math.max(earliest, watermark + 1));
            }
        }
        aggregation.add(panes, entries, batch, null, 0);
    }

    /** Takes one row that is late by itself, if it falls into a session that is not over and done. */
    private void takeLate(Batch row, Output output) {
        keys.of(row);
        long time = row.timestamps()[0];
        long start = start(time);
        int own = find(keys, 0, start);
        long last = own == NOT_THERE ? time : Math.max(time, panes.words()[own + lastWord]);
        long pane = start;
        for (int next = find(keys, 0, pane + gap); next != NOT_THERE; next = find(keys, 0, pane + gap)) {
            if (panes.words()[next + firstWord] - last >= gap) {
                break;
            }
            last = panes.words()[next + lastWord];
            pane += gap;
        }
        if (due(last) + lateness <= watermark) {
            rows[0] = 0;
            emitLate(row, rows, 1, output);
            return;
        }
        starts[0] = start;
        panes.update(keys, starts, entries);
        aggregation.add(panes, entries, row, null, 0);
        if (due(last) <= watermark) {
            register(keys, 0, pane, due(last) + lateness);
            gather(keys, 0, pane, last);
            merged(output);
            emitEnded(output);
        }
    }

    @Override
    void fire(TimerTable.Fired due, Output output) {
        chooseOver(due);
        for (int row = 0; row < candidates.size(); row++) {
            long pane = candidates.namespaces()[row];
            long time = candidates.times()[row];
            int entry = find(candidates, row, pane);
            if (entry == NOT_THERE) {
                continue;
            }
            long last = panes.words()[entry + lastWord];
            int next = find(candidates, row, pane + gap);
            if (next != NOT_THERE && panes.words()[next + firstWord] - last < gap) {
                continue;
            }
            if (time == due(last)) {
                gather(candidates, row, pane, last);
                merged(output);
                if (lateness > 0) {
                    register(candidates, row, pane, due(last) + lateness);
                }
            }
            if (time >= due(last) + lateness) {
                removeSession(candidates, row, pane);
            }
        }
    }

    /** Leaves those panes whose time has come, and sets the timers of others again. */
    private void chooseOver(TimerTable.Fired due) {
        panes.find(due.keys(), due.namespaces(), entries);
        candidates.clear();
        for (int row = 0; row < due.keys().size(); row++) {
            if (entries[row] == NOT_THERE) {
                continue;
            }
            long pane = due.namespaces()[row];
            long time = due.times()[row];
            long over = due(panes.words()[entries[row] + lastWord]);
            if (time < over) {
                register(due.keys(), row, pane, over);
            } else if (time > over && time < over + lateness) {
                // set when the session was shorter, or rows were allowed to be less late
                register(due.keys(), row, pane, over + lateness);
            } else {
                candidates.append(due.keys(), row, pane, time);
            }
        }
    }

    /** Merges the panes of a session back from its last one, which ends with a row at {@code last}. */
    private void gather(KeyColumns from, int row, long lastPane, long last) {
        aggregation.reset();
        long first = last;
        long pane = lastPane;
        for (int entry = find(from, row, pane);
                inSession(entry, first, pane == lastPane);
                entry = find(from, row, pane)) {
            aggregation.merge(panes, entry);
            first = panes.words()[entry + firstWord];
            pane -= gap;
        }
        end(from, row, first, last + gap);
    }

    private void removeSession(KeyColumns from, int row, long lastPane) {
        long first = 0;
        long pane = lastPane;
        for (int entry = find(from, row, pane);
                inSession(entry, first, pane == lastPane);
                entry = find(from, row, pane)) {
            first = panes.words()[entry + firstWord];
            remove(from, row, pane);
            pane -= gap;
        }
    }

    private boolean inSession(int entry, long nextFirst, boolean lastPane) {
        return entry != NOT_THERE && (lastPane || nextFirst - panes.words()[entry + lastWord] < gap);
    }

    private int find(KeyColumns from, int row, long pane) {
        probe.clear();
        probe.append(from, row, pane, 0);
        panes.find(probe, probe.namespaces(), found);
        return found[0];
    }

    private long start(long time) {
        return Math.floorDiv(time, gap) * gap;
    }

    /** When a session is over whose last row has this time. */
    private long due(long last) {
        return last + gap - 1;
    }
}
