package io.strandline.engine.operator.row;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.function.Supplier;

/**
 * Computes what an operator will compute from a batch before the operator sees it, so that a row without a value fails while
 * nothing has changed yet.
 *
 * @param inner of one input
 * @param values what it computes
 */
public record CheckingFactory(OperatorFactory inner, List<? extends Supplier<? extends ColumnFunction>> values)
        implements OperatorFactory {

    public CheckingFactory {
        values = List.copyOf(values);
    }

    @Override
    public RowType output() {
        return inner.output();
    }

    @Override
    public List<SideOutput> outputs() {
        return inner.outputs();
    }

    @Override
    public List<StateSchema> states() {
        return inner.states();
    }

    @Override
    public Operator create() {
        return new Checking(
                inner.create(),
                values.stream().<ColumnFunction>map(Supplier::get).toList());
    }

    /** The operator behind the values that are computed first. */
    private record Checking(Operator inner, List<ColumnFunction> values) implements Operator {

        @Override
        public void open(OperatorContext context) {
            inner.open(context);
        }

        @Override
        public void process(Batch batch, Output output) {
            for (ColumnFunction value : values) {
                value.apply(batch);
            }
            inner.process(batch, output);
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
    }
}
