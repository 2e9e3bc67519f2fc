package io.strandline.bench.strandline;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes an operator fail when it is told to. */
final class FailureSwitch {

    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile long failedNanos;

    /** The next batch fails. */
    void arm() {
        armed.set(true);
    }

    /** When the last failure happened, {@link System#nanoTime}. */
    long failedNanos() {
        return failedNanos;
    }

    /** Operators as another factory makes them, until the switch is armed. */
    OperatorFactory around(OperatorFactory factory) {
        return new Fragile(factory);
    }

    private void meet() {
        if (armed.compareAndSet(true, false)) {
            failedNanos = System.nanoTime();
            throw new IllegalStateException("fails as the benchmark wants");
        }
    }

    /** Makes operators that look at the switch. */
    private final class Fragile implements OperatorFactory {

        private final OperatorFactory factory;

        Fragile(OperatorFactory factory) {
            this.factory = factory;
        }

        @Override
        public RowType output() {
            return factory.output();
        }

        @Override
        public List<SideOutput> outputs() {
            return factory.outputs();
        }

        @Override
        public List<StateSchema> states() {
            return factory.states();
        }

        @Override
        public Operator create() {
            return new FragileOperator(factory.create());
        }
    }

    /** Looks at the switch before each batch. */
    private final class FragileOperator implements Operator {

        private final Operator operator;

        FragileOperator(Operator operator) {
            this.operator = operator;
        }

        @Override
        public void open(OperatorContext context) {
            operator.open(context);
        }

        @Override
        public void process(Batch batch, Output output) {
            meet();
            operator.process(batch, output);
        }

        @Override
        public boolean advance(long watermark, Output output) {
            return operator.advance(watermark, output);
        }

        @Override
        public boolean flush(Output output) {
            return operator.flush(output);
        }

        @Override
        public void tick(long nowNanos, Output output) {
            operator.tick(nowNanos, output);
        }
    }
}
