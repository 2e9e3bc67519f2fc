package io.strandline.engine.operator.match;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.state.TimerTable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of both sides by key and bucket of time; a row that comes looks through the other side's buckets and joins
 * its own. Each pair is joined once, when the later of the two comes. The idea of buckets and their cleaning by timers is that
 * of Flink's interval join.
 */
final class IntervalJoin implements Operator {

    private final IntervalJoinFactory made;
    private @Nullable Running running;

    IntervalJoin(IntervalJoinFactory made) {
        this.made = made;
    }

    @Override
    public void open(OperatorContext context) {
        running = new Running(context);
    }

    @Override
    public void process(Batch batch, Output output) {
        throw new IllegalStateException("a join has two inputs");
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        running().process(input, batch, output);
    }

    @Override
    public boolean advance(long watermark, Output output) {
        return running().advance(watermark);
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
        private final JoinRows[] sides;
        private final TimerTable timers;
        private final Batch[] intime;
        private final Batch[] late;
        private final int[] rows;
        private final int[] lateRows;
        private final JoinOutput[] joined;
        private long watermark;

        Running(OperatorContext context) {
            int batchSize = context.batchSize();
            this.context = context;
            this.timers = context.state().timers(made.timers());
            this.sides = new JoinRows[] {new JoinRows(made, 0, context), new JoinRows(made, 1, context)};
            this.joined = new JoinOutput[] {new JoinOutput(made, 0, batchSize), new JoinOutput(made, 1, batchSize)};
            this.intime = batches(batchSize);
            this.late = batches(batchSize);
            this.rows = new int[batchSize];
            this.lateRows = new int[batchSize];
            this.watermark = context.restoredWatermark();
        }

        private Batch[] batches(int batchSize) {
            return new Batch[] {
                new Batch(made.left().input(), batchSize),
                new Batch(made.right().input(), batchSize)
            };
        }

        void process(int side, Batch batch, Output output) {
            Batch taken = dropLate(side, batch, output);
            if (taken.size() > 0) {
                JoinRows own = sides[side];
                own.look(taken);
                sides[1 - side].match(own.keys(), taken, joined[side], output);
                own.keep(taken, watermark, timers);
            }
        }

        private Batch dropLate(int side, Batch batch, Output output) {
            int taken = 0;
            int tooLate = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (batch.timestamps()[row] > watermark) {
                    rows[taken++] = row;
                } else {
                    lateRows[tooLate++] = row;
                }
            }
            if (tooLate == 0) {
                return batch;
            }
            context.lateRows().accept(tooLate);
            late[side].clear();
            late[side].append(batch, lateRows, 0, tooLate);
            output.emit(1 + side, late[side]);
            intime[side].clear();
            intime[side].append(batch, rows, 0, taken);
            return intime[side];
        }

        /** The end of input is no reason to forget: it may have grown when the job goes on. */
        boolean advance(long to) {
            if (to != Watermark.MAX) {
                TimerTable.Fired due = timers.poll(to, rows.length);
                if (due.keys().size() > 0) {
                    sides[0].remove(due);
                    sides[1].remove(due);
                    return false;
                }
            }
            watermark = to;
            return true;
        }
    }
}
