package io.strandline.engine.operator.row;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.record.RowFormatter;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.RowFailureException;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets rows that an operator has no value for go by as dead letters, instead of failing the job; the other rows of their
 * batch are worked on without them. Dead letters are the last of its side outputs.
 *
 * @param inner of one input, that changes and emits nothing before it has values for the whole batch
 * @param input the rows it reads
 * @param name the operator's, for the letters
 * @param letters counts them
 */
public record LenientFactory(OperatorFactory inner, RowType input, String name, DeadLetters letters)
        implements OperatorFactory {

    @Override
    public RowType output() {
        return inner.output();
    }

    @Override
    public List<SideOutput> outputs() {
        List<SideOutput> outputs = new ArrayList<>(inner.outputs());
        outputs.add(new SideOutput("dead-letters", DeadLetters.TYPE));
        return List.copyOf(outputs);
    }

    @Override
    public List<StateSchema> states() {
        return inner.states();
    }

    @Override
    public Operator create() {
        return new Lenient(this);
    }

    /** Tries a batch again without the rows that failed. */
    private static final class Lenient implements Operator {

        private final LenientFactory factory;
        private final Operator inner;
        private final RowFormatter text;
        private final int letterOutput;
        private int capacity;
        private Batch rejected;
        private boolean emitted;

        Lenient(LenientFactory factory) {
            this.factory = factory;
            this.inner = factory.inner().create();
            this.text = RecordFormat.JSON.formatter(factory.input());
            this.letterOutput = factory.outputs().size();
            this.rejected = new Batch(DeadLetters.TYPE, 0);
        }

        @Override
        public void open(OperatorContext context) {
            inner.open(context);
            capacity = context.batchSize();
            rejected = new Batch(DeadLetters.TYPE, context.batchSize());
        }

        @Override
        public void process(Batch batch, Output output) {
            Batch rows = batch;
            while (rows.size() > 0) {
                emitted = false;
                try {
                    inner.process(rows, (number, out) -> {
                        emitted = true;
                        output.emit(number, out);
                    });
                    return;
                } catch (RowFailureException failed) {
                    if (emitted) {
                        // it is an operator behind this one that failed
                        throw failed;
                    }
                    rows = without(failed, rows, output);
                }
            }
        }

        @Override
        public boolean advance(long watermark, Output output) {
            return inner.advance(watermark, output);
        }

        @Override
        public boolean flush(Output output) {
            return inner.flush(output);
        }

        @Override
        public void tick(long nowNanos, Output output) {
            inner.tick(nowNanos, output);
        }

        @Override
        public long tickDue() {
            return inner.tickDue();
        }

        private Batch without(RowFailureException failed, Batch rows, Output output) {
            rejected.clear();
            int[] kept = new int[rows.size()];
            int count = 0;
            int next = 0;
            for (int row = 0; row < rows.size(); row++) {
                if (next < failed.failures().size()
                        && failed.failures().get(next).row() == row) {
                    reject(rows, row, failed.failures().get(next++).detail(), failed);
                } else {
                    kept[count++] = row;
                }
            }
            output.emit(letterOutput, rejected);
            Batch others = new Batch(factory.input(), capacity);
            others.append(rows, kept, 0, count);
            return others;
        }

        private void reject(Batch rows, int row, String detail, RowFailureException failed) {
            if (!factory.letters().admit()) {
                throw failed;
            }
            StringBuilder record = new StringBuilder();
            text.append(rows, row, record);
            int letter = rejected.size();
            rejected.objects(0)[letter] = factory.name();
            rejected.objects(1)[letter] = "";
            rejected.longs(2)[letter] = -1;
            rejected.objects(3)[letter] = detail;
            rejected.objects(4)[letter] = record.toString().stripTrailing();
            rejected.timestamps()[letter] = Watermark.NONE;
            rejected.size(letter + 1);
        }
    }
}
