package io.strandline.engine.operator.match;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.KeyRows;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimerTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Passes on rows whose key it has not let through lately. Duplicates are found without touching their entries, so they cost no
 * checkpoint anything.
 */
final class Deduplicate implements Operator {

    private static final long NEVER = Long.MIN_VALUE;

    private final DeduplicateFactory made;
    private @Nullable Running running;

    Deduplicate(DeduplicateFactory made) {
        this.made = made;
    }

    @Override
    public void open(OperatorContext context) {
        running = new Running(context);
    }

    @Override
    public void process(Batch batch, Output output) {
        running().process(batch, output);
    }

    /** The end of input is no reason to forget: it may have grown when the job goes on. */
    @Override
    public boolean advance(long watermark, Output output) {
        return !made.eventTime() || watermark == Watermark.MAX || running().forget(watermark);
    }

    @Override
    public void tick(long nowNanos, Output output) {
        if (!made.eventTime()) {
            running().forgetByClock();
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("not open");
        }
        return running;
    }

    /** The operator once it has its state. */
    private final class Running {

        private final InstantSource clock;
        private final BatchKeys keys = new BatchKeys(made.output(), made.keys());
        private final KeyedTable seen;
        private final @Nullable TimerTable timers;
        private final long ttl;
        private final KeyRows asked;
        private final KeyRows timing;
        private final Batch out;
        private final int[] entries;
        private final int[] rows;
        private final long[] wallTimes;

        Running(OperatorContext context) {
            Duration remembered = made.ttl();
            int batchSize = context.batchSize();
            this.clock = context.wall();
            this.seen = context.state().table(made.seen(), new long[] {NEVER});
            this.timers = remembered == null ? null : context.state().timers(made.timers());
            this.ttl = remembered == null ? Long.MAX_VALUE : remembered.toMillis();
            this.asked = new KeyRows(keys.columns(), batchSize);
            this.timing = new KeyRows(keys.columns(), batchSize);
            this.out = new Batch(made.output(), batchSize);
            this.entries = new int[batchSize];
            this.rows = new int[batchSize];
            this.wallTimes = new long[batchSize];
        }

        void process(Batch batch, Output output) {
            int count = ask(batch);
            if (count == 0) {
                return;
            }
            seen.update(asked, null, entries);
            int passed = pass(count);
            if (timers != null && timing.size() > 0) {
                timers.register(timing, timing.namespaces(), timing.times());
                timing.clear();
            }
            out.clear();
            out.append(batch, rows, 0, passed);
            output.emit(out);
        }

        /** Collects the rows that are no duplicates of rows in earlier batches; how many. */
        private int ask(Batch batch) {
            long[] times = times(batch);
            keys.of(batch);
            seen.find(keys, null, entries);
            long[] words = seen.words();
            asked.clear();
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (entries[row] < 0 || isNew(words[entries[row]], times[row])) {
                    asked.append(keys, row, 0, times[row]);
                    rows[count++] = row;
                }
            }
            return count;
        }

        /** Leaves the rows that are no duplicates of rows in this batch either; how many. */
        private int pass(int count) {
            long[] words = seen.words();
            int passed = 0;
            for (int i = 0; i < count; i++) {
                long time = asked.times()[i];
                if (isNew(words[entries[i]], time)) {
                    words[entries[i]] = time;
                    rows[passed++] = rows[i];
                    if (timers != null) {
                        timing.append(asked, i, 0, time + ttl - 1);
                    }
                }
            }
            return passed;
        }

        private long[] times(Batch batch) {
            if (made.eventTime()) {
                return batch.timestamps();
            }
            Arrays.fill(wallTimes, 0, batch.size(), clock.millis());
            return wallTimes;
        }

        private boolean isNew(long passedAt, long time) {
            return passedAt == NEVER || ttl != Long.MAX_VALUE && time - passedAt >= ttl;
        }

        void forgetByClock() {
            forget(clock.millis() - 1);
        }

        /** Forgets some of the keys whose time is over, and awaits the time of others again; whether all is done. */
        boolean forget(long upTo) {
            if (timers == null) {
                return true;
            }
            TimerTable.Fired due = timers.poll(upTo, rows.length);
            int count = due.keys().size();
            if (count == 0) {
                return true;
            }
            seen.find(due.keys(), null, entries);
            long[] words = seen.words();
            asked.clear();
            for (int row = 0; row < count; row++) {
                if (entries[row] < 0) {
                    continue;
                }
                long over = words[entries[row]] + ttl - 1;
                if (over <= due.times()[row]) {
                    asked.append(due.keys(), row, 0, 0);
                } else {
                    timing.append(due.keys(), row, 0, over);
                }
            }
            if (timing.size() > 0) {
                timers.register(timing, timing.namespaces(), timing.times());
                timing.clear();
            }
            if (asked.size() > 0) {
                seen.remove(asked, null);
            }
            return false;
        }
    }
}
