package io.strandline.engine.operator.window;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A window operator: windows of some shape, once there is state to keep them in. */
final class WindowOperator implements Operator {

    private final Function<OperatorContext, Windows> shape;
    private @Nullable Windows windows;

    WindowOperator(Function<OperatorContext, Windows> shape) {
        this.shape = shape;
    }

    @Override
    public void open(OperatorContext context) {
        windows = shape.apply(context);
    }

    @Override
    public void process(Batch batch, Output output) {
        windows().process(batch, output);
    }

    @Override
    public boolean advance(long watermark, Output output) {
        return windows().advance(watermark, output);
    }

    private Windows windows() {
        if (windows == null) {
            throw new IllegalStateException("not open");
        }
        return windows;
    }
}
