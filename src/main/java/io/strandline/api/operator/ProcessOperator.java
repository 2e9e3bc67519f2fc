package io.strandline.api.operator;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import org.jspecify.annotations.Nullable;

/** A user's function in one subtask. */
final class ProcessOperator<K, I, O> implements Operator {

    private final ProcessFactory<K, I, O> made;
    private @Nullable RunningFunction<K, I, O> running;

    ProcessOperator(ProcessFactory<K, I, O> made) {
        this.made = made;
    }

    @Override
    public void open(OperatorContext context) {
        running = new RunningFunction<>(made, context);
    }

    @Override
    public void process(Batch batch, Output output) {
        running().process(0, batch, output);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        running().process(input, batch, output);
    }

    @Override
    public boolean advance(long watermark, Output output) {
        return running().advance(watermark, output);
    }

    @Override
    public boolean flush(Output output) {
        return running().writeBack();
    }

    @Override
    public void tick(long nowNanos, Output output) {
        running().tick(nowNanos, output);
    }

    @Override
    public long tickDue() {
        return running().tickDue();
    }

    private RunningFunction<K, I, O> running() {
        if (running == null) {
            throw new IllegalStateException("not open");
        }
        return running;
    }
}
