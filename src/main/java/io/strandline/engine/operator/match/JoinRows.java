package io.strandline.engine.operator.match;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimerTable;

/** One side of a join: its rows by key and bucket, each as long as a row may come that it fits. */
final class JoinRows {

    private static final int COUNT = 0;
    private static final int IMAGES = 1;
    private static final int BUCKETS = 2;

    private final BatchKeys keys;
    private final KeyedTable table;
    private final RowImages images;
    private final long bucket;
    private final long earliest;
    private final long latest;
    private final KeyRows kept;
    private final KeyRows timing;
    private final int[] entries;
    private final int[] rows;
    private final long[] namespaces;

    JoinRows(IntervalJoinFactory made, int side, OperatorContext context) {
        JoinSide of = made.side(side);
        int batchSize = context.batchSize();
        this.keys = new BatchKeys(of.input(), of.keys());
        this.table = context.state().table(made.rows(side), new long[2]);
        this.images = new RowImages(of.input(), made.kept(side));
        this.bucket = made.bucket();
        this.earliest = side == 0 ? made.lower().toMillis() : -made.upper().toMillis();
        this.latest = side == 0 ? made.upper().toMillis() : -made.lower().toMillis();
        this.kept = new KeyRows(keys.columns(), batchSize);
        this.timing = new KeyRows(keys.columns(), batchSize);
        this.entries = new int[batchSize];
        this.rows = new int[batchSize];
        this.namespaces = new long[batchSize];
    }

    /** Looks at rows of this side. */
    void look(Batch batch) {
        keys.of(batch);
    }

    /** The keys of the rows looked at. */
    KeyColumns keys() {
        return keys;
    }

    /** Joins rows of the other side with those here that fit. */
    void match(KeyColumns otherKeys, Batch others, JoinOutput joined, Output output) {
        for (int i = 0; i < BUCKETS; i++) {
            for (int row = 0; row < others.size(); row++) {
                namespaces[row] = start(others.timestamps()[row] - latest) + i * bucket;
            }
            table.find(otherKeys, namespaces, entries);
            for (int row = 0; row < others.size(); row++) {
                if (entries[row] >= 0) {
                    images.open(table.values(), table.words()[entries[row] + IMAGES]);
                    join(others, row, joined, output);
                }
            }
        }
        joined.flush(output);
    }

    private void join(Batch others, int row, JoinOutput joined, Output output) {
        long time = others.timestamps()[row];
        while (images.next()) {
            long later = time - images.time();
            if (later >= earliest && later <= latest) {
                joined.add(others, row, images, output);
            }
        }
    }

    /** Keeps the rows looked at, but for those that nothing can fit any more. */
    void keep(Batch batch, long watermark, TimerTable timers) {
        kept.clear();
        for (int row = 0; row < batch.size(); row++) {
            long time = batch.timestamps()[row];
            if (time + latest > watermark) {
                rows[kept.size()] = row;
                kept.append(keys, row, start(time), 0);
            }
        }
        if (kept.size() == 0) {
            return;
        }
        table.update(kept, kept.namespaces(), entries);
        timing.clear();
        long[] words = table.words();
        for (int i = 0; i < kept.size(); i++) {
            int entry = entries[i];
            if (words[entry + COUNT]++ == 0) {
                timing.append(kept, i, kept.namespaces()[i], over(kept.namespaces()[i]));
            }
            words[entry + IMAGES] = images.append(table.values(), words[entry + IMAGES], batch, rows[i]);
        }
        if (timing.size() > 0) {
            timers.register(timing, timing.namespaces(), timing.times());
        }
    }

    /** Removes the buckets whose time is over. */
    void remove(TimerTable.Fired due) {
        kept.clear();
        for (int row = 0; row < due.keys().size(); row++) {
            if (due.times()[row] == over(due.namespaces()[row])) {
                kept.append(due.keys(), row, due.namespaces()[row], 0);
            }
        }
        if (kept.size() > 0) {
            table.remove(kept, kept.namespaces());
        }
    }

    private long start(long time) {
        return Math.floorDiv(time, bucket) * bucket;
    }

    /** The watermark at which nothing can fit a bucket's rows any more. */
    private long over(long start) {
        return start + bucket - 1 + latest;
    }
}
